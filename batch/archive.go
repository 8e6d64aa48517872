package batch

import (
	"context"
	"time"
)

// Archive is what reconciliation asks of the ledger, and tells it.
type Archive interface {
	// Doubts lists everyone in doubt in a campaign, "" for all of them, the
	// oldest attempt first.
	Doubts(ctx context.Context, campaign string) ([]Doubt, error)
	// Young lists the invites that were answered to us and created since then, by the
	// API's clock.
	Young(ctx context.Context, since time.Time) ([]InviteRef, error)
	// KeepLateness records how long after its attempt was over an invite was created at
	// the most, of those that a reading has found.
	KeepLateness(ctx context.Context, reading int64, late time.Duration) error
	// Lateness is the most of that in the readings since then, by our clock.
	Lateness(ctx context.Context, since time.Time) (time.Duration, error)
	// Resolve settles somebody in doubt: Unknown becomes s.State. The guards are
	// those of Book.Settle, with ErrNotUnknown where the person is in no doubt.
	Resolve(ctx context.Context, s Settlement) error
	// KeepOpen records why a reading could not settle these attempts, by their numbers;
	// "" for nothing but time.
	KeepOpen(ctx context.Context, why map[int64]string) error
	// FirstSeen says which attempt was the latest one of all when each of these
	// invites was seen first; those that were never kept are missing.
	FirstSeen(ctx context.Context, inviteIDs []string) (map[string]int64, error)
	// WholeBefore is the latest created_at that the latest whole reading has shown which
	// had ended before an attempt was claimed; false where there was none.
	WholeBefore(ctx context.Context, attempt int64) (time.Time, bool, error)
	AccountBook
}

// AccountBook is what a reading of the account's list asks of the ledger, and tells it.
type AccountBook interface {
	Lookup
	Readings
}

// Lookup is what the ledger knows of invites.
type Lookup interface {
	// Held says who in the ledger holds which of these invites.
	Held(ctx context.Context, inviteIDs []string) (map[string]Holder, error)
	// Witnesses names the latest invites that the ledger knows to have been created
	// before that time, by the API's clock, at most n; the earliest of all where
	// there are none.
	Witnesses(ctx context.Context, before time.Time, n int) ([]string, error)
	// Rulings says what has been recorded of these invites, without who and when; those of
	// which nothing is known are missing.
	Rulings(ctx context.Context, inviteIDs []string) (map[string]OutsideRuling, error)
	// RunOffset is the offset of the API's clock that a run's answers show.
	RunOffset(ctx context.Context, runID string) (Offset, error)
}

// Holder is somebody in the ledger who holds an invite, as it was sent.
type Holder struct {
	Campaign string
	Email    string
	Phone    string
	Name     string    // folded
	Created  time.Time // by the API's clock, as it answered; zero when that could not be read
}

// Reading is one reading of the account's list of invites, as the ledger keeps it.
type Reading struct {
	ID      int64
	RunID   string
	Began   time.Time // by our clock
	Ended   time.Time
	Whole   bool // read to its end, while it stood still
	Invites int
	Newest  time.Time // the latest created_at, by the API's clock
	// Died says, of the latest whole reading, that a run has died since.
	Died bool
}

// Outside is an invite of the account that nobody in the ledger holds.
type Outside struct {
	Invite  string    // its ID
	Created time.Time // zero when it cannot be read
	FlowID  string
	Status  string // the API's word, or StatusRevoked
	Hidden  bool   // a contact of it could not be read
	Told    bool   // an earlier run has held its owner back for it
}

// OutsideRuling is what a run or its operator has to say of an invite outside the ledger.
type OutsideRuling struct {
	Told    bool // a run has held its owner back, and gone on
	Allowed bool // its owner is to be sent another one
	Passed  bool // what it hides holds no run
	By      string
	At      time.Time
}

// OutsideFinder finds invites that were made without the ledger.
type OutsideFinder interface {
	// Outside finds the invites under these aliases that stood outside in the latest
	// whole reading or since, which nobody in the ledger holds by now, and which
	// nobody has decided to send besides. Names are aliases here, of invites that hide a
	// contact now or did earlier.
	Outside(ctx context.Context, aliases []Alias) (map[Alias][]Outside, error)
}

// Readings keeps what the account's list has shown, so that an invite that was made
// without this ledger is known from then on.
type Readings interface {
	// BeginReading names a new reading.
	BeginReading(ctx context.Context, runID string, at time.Time) (int64, error)
	// KeepOutside remembers invites that nobody in the ledger holds, by their IDs and
	// by a digest of their contacts, and says how many of them it had not seen before.
	KeepOutside(ctx context.Context, reading int64, invites []Listing) (news int, err error)
	EndReading(ctx context.Context, r Reading) error
	// LastReading is the latest whole reading; false where there was none.
	LastReading(ctx context.Context) (Reading, bool, error)
	OutsideFinder
	// HiddenOutside shows the invites that hide a contact, of all that Outside may find,
	// unless somebody has passed them.
	HiddenOutside(ctx context.Context, show func(Outside)) error
	// Rule records what is said of invites; what was said earlier stays.
	Rule(ctx context.Context, inviteIDs []string, r OutsideRuling) error
}
