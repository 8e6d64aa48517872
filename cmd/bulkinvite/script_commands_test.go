package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are what the scripts need beside testscript's own commands:
//
//	exitcode CODE PROGRAM [ARG…]   runs a program and checks its exit code
//	simulator NAME [FLAG…]         starts `bulkinvite simulate`, sets $NAME to its base URL and
//	                               $NAME_ADDR to its address; its key is the script's
//	halt NAME [SIGNAL]             stops it with SIGTERM or SIGNAL, checks for exit code 0,
//	                               and leaves what it printed as stdout
//	post URL [FILE]                posts an invite, or nothing; leaves the answer as stdout
//	                               and the ID of the invite in it as $ID
//	get URL                        leaves an answer and its Date header as stdout
//	invite NAME URL CONTACT        sets $NAME to the ID of the latest invite that the list
//	                               at URL shows with that e-mail address or phone number
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exitcode":  exitcode,
	"simulator": startSimulator,
	"halt":      haltSimulator,
	"post":      post,
	"get":       get,
	"invite":    findInvite,
}

func exitcode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode CODE PROGRAM [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// processes are the simulators that a script has started, by name.
type (
	processesKey struct{}
	processes    map[string]*process
)

type process struct {
	cmd    *exec.Cmd
	stdout *bufio.Reader
	stderr strings.Builder
}

func startSimulator(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: simulator NAME [FLAG...]")
	}
	name := args[0]
	p := &process{cmd: exec.Command("bulkinvite", append([]string{"simulate", "--addr", "127.0.0.1:0"}, args[1:]...)...)}
	p.cmd.Dir = ts.MkAbs(".")
	ts.Setenv("SIMULATOR_KEY", cmp.Or(ts.Getenv(keyIDName), "try"))
	ts.Setenv("SIMULATOR_SECRET", cmp.Or(ts.Getenv(secretName), "try-it-out"))
	p.cmd.Env = append(os.Environ(), keyIDName+"="+ts.Getenv("SIMULATOR_KEY"), secretName+"="+ts.Getenv("SIMULATOR_SECRET"))
	p.cmd.Stderr = &p.stderr
	pipe, err := p.cmd.StdoutPipe()
	ts.Check(err)
	p.stdout = bufio.NewReader(pipe)
	ts.Check(p.cmd.Start())
	ts.Defer(func() { // for scripts that fail, or never halt it
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	url, err := p.stdout.ReadString('\n')
	if err != nil {
		ts.Fatalf("the simulator did not start: %v\n%s", err, p.stderr.String())
	}
	ts.Setenv(name, strings.TrimSpace(url))
	ts.Setenv(name+"_ADDR", strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(url), "http://"), "/v2"))
	ts.Value(processesKey{}).(processes)[name] = p
}

func haltSimulator(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: halt NAME [SIGNAL]")
	}
	signal := syscall.SIGTERM
	if len(args) == 2 {
		known := map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM}
		signal = known[args[1]]
	}
	p := ts.Value(processesKey{}).(processes)[args[0]]
	if p == nil || signal == 0 {
		ts.Fatalf("no such simulator or signal")
	}
	ts.Check(p.cmd.Process.Signal(signal))
	rest, err := io.ReadAll(p.stdout)
	ts.Check(err)
	if err := p.cmd.Wait(); err != nil {
		ts.Fatalf("the simulator ended with %v\n%s", err, p.stderr.String())
	}
	_, err = ts.Stdout().Write(rest)
	ts.Check(err)
}

func post(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: post URL [FILE]")
	}
	body := ""
	if len(args) == 2 {
		body = ts.ReadFile(args[1])
	}
	answer := ask(ts, http.MethodPost, args[0], body)
	var invite struct{ ID string }
	if json.Unmarshal(answer.body, &invite) == nil && invite.ID != "" {
		ts.Setenv("ID", invite.ID)
	}
	fmt.Fprintf(ts.Stdout(), "%s\n%s\n", answer.status, answer.body)
}

func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: get URL")
	}
	answer := ask(ts, http.MethodGet, args[0], "")
	fmt.Fprintf(ts.Stdout(), "%s\nDate: %s\n%s\n", answer.status, answer.date, answer.body)
}

func findInvite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: invite NAME URL CONTACT")
	}
	var list struct {
		Results []struct {
			ID    string `json:"id"`
			Email string `json:"email"`
			Phone string `json:"phone_number"`
		} `json:"results"`
	}
	ts.Check(json.Unmarshal(ask(ts, http.MethodGet, args[1]+"?limit=200", "").body, &list))
	for _, v := range list.Results { // the newest first
		if v.Email == args[2] || v.Phone == args[2] {
			ts.Setenv(args[0], v.ID)
			return
		}
	}
	ts.Fatalf("no invite for %s", args[2])
}

// reply is what a simulator answered.
type reply struct {
	status, date string
	body         []byte
}

func ask(ts *testscript.TestScript, method, url, body string) reply {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	ts.Check(err)
	request.SetBasicAuth(ts.Getenv("SIMULATOR_KEY"), ts.Getenv("SIMULATOR_SECRET"))
	request.Header.Set("Content-Type", "application/json")
	request.Host = cmp.Or(ts.Getenv("HOST"), request.Host)
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	ts.Check(err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	ts.Check(err)
	return reply{resp.Status, resp.Header.Get("Date"), text}
}
