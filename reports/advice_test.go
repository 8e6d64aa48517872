package reports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bulkinvite/batch"
)

// codeFiles declare the codes that a finding can have, as constants named after
// them. reports does not import the client, so the files are read as text.
var codeFiles = []string{"csvmap/problem.go", "batch/codes.go", "batch/argyle/failure.go"}

func TestEveryCodeHasAdvice(t *testing.T) {
	for _, name := range codeFiles {
		codes := codesIn(t, filepath.Join("..", name))
		if len(codes) == 0 {
			t.Errorf("%s declares no codes", name)
		}
		for _, code := range codes {
			if _, known := advices[code]; !known {
				t.Errorf("the code %s of %s has no advice", code, name)
			}
		}
	}
}

// codesIn lists the texts of those constants of a file whose name or type says
// that they are codes.
func codesIn(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		kind, _ := spec.Type.(*ast.Ident)
		named := strings.HasPrefix(strings.ToLower(spec.Names[0].Name), "code")
		if text, ok := spec.Values[0].(*ast.BasicLit); ok && (named || kind != nil && kind.Name == "Code") {
			code, err := strconv.Unquote(text.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
		}
		return true
	})
	return codes
}

func TestAdviceIsComplete(t *testing.T) {
	for code, a := range advices {
		if a.Title == "" || !strings.HasSuffix(a.ToDo, ".") || rank(a.Owner) == rank(batch.Nobody) && a.Owner != batch.Nobody {
			t.Errorf("%s has the advice %+v", code, a)
		}
	}
	if a := Advise("brand_new", ""); a.Owner != batch.IT || !strings.Contains(a.Title, "brand_new") {
		t.Errorf("an unknown code has the advice %+v", a)
	}
	if a := Advise(batch.CodeRejected, "email"); a.Title != "Argyle does not accept the e-mail address" {
		t.Errorf("a field error has the advice %+v", a)
	}
}
