package batch

import (
	"context"
	"errors"
	"time"

	"bulkinvite/csvmap"
)

// AliasKind says what kind of alias a person is known under.
type AliasKind string

// The kinds of alias.
const (
	ByEmployeeID AliasKind = "employee_id"
	ByEmail      AliasKind = "email"
	ByPhone      AliasKind = "phone"

	// A folded name, which tells nobody apart: of invites that hide their contacts.
	byName AliasKind = "name"
)

// Alias is one thing that a person is known by, normalised for comparing.
type Alias struct {
	Kind  AliasKind
	Value string
}

// Person is what the ledger knows of somebody within a campaign.
type Person struct {
	ID         int64
	State      State
	EmployeeID string // normalised as an alias; "" when unknown
	Email      string // contacts of the last claim, as they were sent
	Phone      string
	WrittenID  string        // as the roster wrote it; "" when unknown
	Name       string        // folded with FoldName, for telling two people apart
	AlsoNamed  []string      // folded; other names that are theirs
	Given      string        // GivenName; "" when unknown
	Body       csvmap.Digest // request body of the last claim
	Invite     InviteRef     // of State Sent
	Attempts   int           // POSTs so far
	RunID      string        // run of the last claim
	Line       int           // roster line of the last claim, in that run
	Last       Settlement    // the last settlement; zero when there was none
}

// released reports whether the person's last claim was given back before its
// POST, and nothing came after it.
func (p Person) released() bool { return p.State == Failed && p.Last.By == ByRelease }

// Invited is what a report says of somebody who holds an invite: less than a
// Person, since a usual night asks for it a million times, and a first one as well.
type Invited struct {
	PersonID int64
	Attempts int    // POSTs so far
	HTTP     int    // status of the answer with the invite; 0 when it was found otherwise
	Email    string // contacts of the last claim, as they were sent
	Phone    string
	Invite   InviteRef
	RunID    string // run that made the state; "" when an operator did
}

// Finder looks people up. All calls are read-only.
type Finder interface {
	// ByFingerprint finds the people in state Sent whose row had these cells.
	//
	// employeeID returns the employee ID of rows[i] as an alias has it, "" for none;
	// nil: it is not known of any. The cells that somebody has are those of a row that
	// they were claimed for, or that taught its aliases with them, so that its ID has
	// an owner: where it has none, nobody needs to be looked for.
	ByFingerprint(ctx context.Context, campaign string, rows []csvmap.Digest, employeeID func(i int) string) (map[csvmap.Digest]Invited, error)
	// ByAlias finds the people who own these aliases.
	ByAlias(ctx context.Context, campaign string, aliases []Alias) (map[Alias]Person, error)
	// Namesakes finds the people of these names, folded, with what tells where they are
	// known from: some of them, where there are many.
	Namesakes(ctx context.Context, campaign string, names []string) (map[string][]Person, error)
	// Asked returns the questions that were put to HR about rows of the campaign.
	Asked(ctx context.Context, campaign string) (Asked, error)
}

// Claim asks for the right to send one POST to one person.
type Claim struct {
	Campaign  string
	RunID     string
	Line      int
	PersonID  int64            // as the plan found it; 0 for somebody new
	Aliases   []Alias          // at least one
	IDFrom    int64            // who has the employee ID so far, which HR says is this person's; 0: nobody
	Recipient csvmap.Recipient // DDSConfig and Template are not kept
	Name      string           // FoldName of the recipient's name
	Row       csvmap.Digest    // fingerprint of the row's mapped cells
	Body      csvmap.Digest    // fingerprint of the request body
	At        time.Time
	Torn      bool // our clock was set since the process began
	// RetryRejected allows a rejected person to be claimed with the same body.
	RetryRejected bool
}

// Attempt is a claim that was granted: it is durable, and nobody else may send
// to this person until it is settled or released.
type Attempt struct {
	ID       int64
	PersonID int64
	Number   int // 1 for the person's first POST
}

// ErrNotClaimable is what a claim gets whose person cannot be sent to: another
// row, run or host was faster, or an alias belongs to somebody else by now.
var ErrNotClaimable = errors.New("the person cannot be claimed")

// ErrInviteKnown is what a settlement gets whose invite ID the ledger already
// has under another person. Nothing was changed.
var ErrInviteKnown = errors.New("the ledger already has this invite under another person")

// ErrNotSending is what a settlement gets whose attempt is not the person's
// open one. It is loud: somebody else changed the ledger.
var ErrNotSending = errors.New("the ledger does not hold this attempt as open")

// Who settles, besides an operator by name.
const (
	BySend      = "send"      // the answer to the POST
	ByRelease   = "release"   // the POST never began
	ByRecover   = "recover"   // an earlier run died between claim and settle
	ByReconcile = "reconcile" // the API's list showed what became of it
)

// ErrNotUnknown is what a resolution gets whose person is not in doubt about that
// attempt any more. Nothing was changed.
var ErrNotUnknown = errors.New("the person is not in doubt about this attempt")

// Settlement is how an attempt ended. It is appended, never overwritten.
type Settlement struct {
	AttemptID int64
	RunID     string
	State     State  // Sent, Rejected, Failed or Unknown
	By        string // one of the constants above, or the operator's name
	Invite    InviteRef
	HTTP      int
	Findings  []Finding // none where State is Sent
	Written   bool      // the whole request is known to have been written
	Started   time.Time // when the POST began; zero when it never did
	Ended     time.Time
	Torn      bool // our clock was set since the process began
}

// Book records attempts. Each call returns when its change is durable.
type Book interface {
	// Claim moves a person (new, failed, or rejected with another body) to Sending.
	Claim(ctx context.Context, c Claim) (Attempt, error)
	// Settle moves the attempt's person from Sending to s.State.
	Settle(ctx context.Context, s Settlement) error
	// Release undoes a claim whose POST never began: the person is Failed
	// (provably not created) and the attempt does not count as a POST.
	Release(ctx context.Context, a Attempt, at time.Time) error
}

// Lesson is what a row teaches about a person who was not claimed in this run:
// aliases that the ledger does not have yet, and the cells that the row has now.
type Lesson struct {
	PersonID int64   // 0: see Who
	Who      []Alias // of PersonID 0: the one person who owns all of these
	Aliases  []Alias // unknown ones are added where they belong to nobody
	Name     string  // folded; another name of theirs, "" for none
	Row      csvmap.Digest
}

// Learner keeps what rows teach.
type Learner interface {
	Learn(ctx context.Context, campaign string, lessons []Lesson) error
}
