package batch

// Codes of findings that the engine makes; csvmap.Code has those of the rules.
// They are stable: they stand in results.csv and summary.json.
const (
	CodeContactShared = "contact_shared" // one contact, two people
	CodeTwoPeople     = "two_people"     // the row's aliases belong to two people
	CodeIDReused      = "id_reused"      // one employee ID, another person
	CodeIDSpelling    = "id_spelling"    // known by the employee ID alone, which is spelled otherwise: a warning
	CodeSameName      = "same_name"      // new, and somebody of that name is known: a warning
	CodeDuplicate     = "duplicate"
	CodeContactMoved  = "contact_changed" // invited earlier, under another contact
	// Has an invite of the account that the ledger does not hold.
	CodeInvitedOutside = "invited_outside"
	CodeInviteRevoked  = "invite_revoked" // invited earlier, and the link of that invite is dead
	CodeDoNotInvite    = "do_not_invite"
	CodeInDoubt        = "in_doubt" // an earlier run left the person in doubt
	CodeWouldSend      = "would_send"
	CodeNotAttempted   = "not_attempted"

	CodeRejected  = "api_rejected"
	CodeRefused   = "refused"
	CodeThrottled = "throttled"
	CodeNotSent   = "not_sent"
	CodeReleased  = "released"   // the run stopped while the claim waited for its permit
	CodeDied      = "died"       // the run ended between claim and settle
	CodeKnownID   = "known_id"   // the API answered with an invite that somebody else holds
	CodeWrongEcho = "wrong_echo" // the API answered with an invite for another contact
	CodeAbsent    = "absent"     // in doubt, and proved not to hold an invite
	CodeUncertain = "unclassified"
)
