package main

import (
	"bufio"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/gocarina/gocsv"
)

// person is a made-up employee; every number gives another one, with contacts of
// their own.
type person int

func (p person) firstName() string { return fmt.Sprintf("Ada%d", int(p)) }

func (p person) email() string { return fmt.Sprintf("person%d@example.com", int(p)) }

// areas are area codes in which any number is valid whose exchange begins with
// 2 to 9.
var areas = [...]int{201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228}

// exchanges are 200 to 999.
const exchanges = 800

// phone is the number in its three parts. Neighbours in the roster share none of
// them: a company's people come from 16,000 exchanges here.
func (p person) phone() [3]int {
	n := int(p)
	return [3]int{areas[n%len(areas)], 200 + n/len(areas)%exchanges, n / (len(areas) * exchanges) % 10_000}
}

func (p person) e164() string {
	n := p.phone()
	return fmt.Sprintf("+1%d%d%04d", n[0], n[1], n[2])
}

// typedPhone is the number as people type it, in one of three usual ways.
func (p person) typedPhone() string {
	n := p.phone()
	form := [...]string{"+1 %d %d %04d", "(%d) %d-%04d", "%d-%d-%04d"}[p%3]
	return fmt.Sprintf(form, n[0], n[1], n[2])
}

// rosterHeader has 8 columns, 6 of them of use.
const rosterHeader = "Employee ID,First Name,Last Name,Work Email,Mobile Phone,Department,Location,Start Date\n"

// everyone is the first n people.
func everyone(n int) iter.Seq[person] { return people(0, n) }

// people is n people from the given one on.
func people(from, n int) iter.Seq[person] {
	return func(yield func(person) bool) {
		for i := range n {
			if !yield(person(from + i)) {
				return
			}
		}
	}
}

// writeRoster writes a roster of about 110 bytes a row, one of its cells quoted,
// and returns its path.
func writeRoster(b *testing.B, people iter.Seq[person]) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "roster.csv")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<20) // keeps the first error for Flush
	fmt.Fprint(out, rosterHeader)
	for p := range people {
		fmt.Fprintf(out, "E%08d,%s,Longfield,%s,%s,\"Sales, East\",New York,2026-01-%02d\n",
			int(p), p.firstName(), p.email(), p.typedPhone(), 1+p%28)
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

type bareRow struct {
	EmployeeID string `csv:"Employee ID"`
	FirstName  string `csv:"First Name"`
	LastName   string `csv:"Last Name"`
	Email      string `csv:"Work Email"`
	Phone      string `csv:"Mobile Phone"`
	Department string `csv:"Department"`
	Location   string `csv:"Location"`
	Start      string `csv:"Start Date"`
}

// bareDecode reads a roster by gocsv alone, in the fastest way it has: through a
// channel with a buffer. Nothing is done with the rows.
func bareDecode(b *testing.B, path string, want int) cost {
	b.Helper()
	return spent(func() {
		file, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		rows, ended := make(chan bareRow, 256), make(chan error, 1)
		go func() { ended <- gocsv.UnmarshalToChan(file, rows) }()
		n := 0
		for range rows {
			n++
		}
		if err := <-ended; err != nil || n != want {
			b.Fatalf("gocsv read %d rows, want %d: %v", n, want, err)
		}
	})
}
