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

bench:
	go test -run ^$$ -bench . -benchmem ./...
