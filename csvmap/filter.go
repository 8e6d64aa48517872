package csvmap

// condition is what a filter asks of a row: a comparison, or two conditions in
// one.
type condition struct {
	op          operator
	left, right *condition // of and, or
	column      string     // of a comparison
	values      []string   // of a comparison: one, or some for in and not in
}

type operator string

const (
	opAnd   operator = "&&"
	opOr    operator = "||"
	opIs    operator = "=="
	opIsNot operator = "!="
	opIn    operator = "in"
	opNotIn operator = "not in"
)

// bind makes a test of a row's cells of a condition. Cells are compared as the
// roster has them, before any value map, without regard to case, to spaces around
// them, and to what nobody sees.
func (c *condition) bind(find func(header string) (int, error)) (func(cells []string) bool, error) {
	if c.op == opAnd || c.op == opOr {
		left, err := c.left.bind(find)
		if err != nil {
			return nil, err
		}
		right, err := c.right.bind(find)
		if err != nil {
			return nil, err
		}
		if c.op == opAnd {
			return func(cells []string) bool { return left(cells) && right(cells) }, nil
		}
		return func(cells []string) bool { return left(cells) || right(cells) }, nil
	}
	index, err := find(c.column)
	if err != nil {
		return nil, err
	}
	wanted := c.op == opIs || c.op == opIn
	listed := make(map[string]bool, len(c.values))
	for _, value := range c.values {
		listed[foldValue(value)] = true
	}
	return func(cells []string) bool { return listed[foldValue(cells[index])] == wanted }, nil
}
