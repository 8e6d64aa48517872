VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
LINTER  := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.12.2

.PHONY: build test race lint bench

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=$(VERSION)" -o bin/bulkinvite ./cmd/bulkinvite

test:
	go test ./...

race:
	go test -race ./...

lint:
	go run $(LINTER) run ./...

# Whole processes first, each beside something bare; then the rooms alone.
# BENCH_BIG=1 adds 10,000,000 rows to validate and makes the list of reconcile a million
# invites long; BENCH_ROWS=1000000 makes the usual night and the resumed one large.
bench:
	@printf 'machine: %s, %s cores, %s, %s, load %s\n' \
		"$$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$$(getconf _NPROCESSORS_ONLN)" \
		"$$(uname -sr)" "$$(go env GOVERSION)" "$$(cut -d ' ' -f 1-3 /proc/loadavg)"
	go test -run '^$$' -bench . -timeout 3h ./cmd/bulkinvite
	go test -run '^$$' -bench . -benchmem -timeout 1h $$(go list ./... | grep -v /cmd/)
