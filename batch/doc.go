// Package batch is the run: plan, send, report. It knows no SQL, no HTTP and no
// file formats; those are its adapters'.
package batch
