package main

import (
	"reflect"
	"testing"
)

func TestReadTestEvents(t *testing.T) {
	cases := map[string]struct {
		stream   string
		want     tally
		failures string
	}{
		"a test with subtests counts by its subtests": {
			stream: `{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"skip","Package":"p","Test":"TestA/two"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Test":"TestB"}
{"Action":"pass","Package":"p"}`,
			want: tally{passed: 2, skipped: []string{"p: TestA/two"}},
		},
		"a failing package shows all it printed": {
			stream: `{"Action":"output","Package":"good","Output":"noise\n"}
{"Action":"pass","Package":"good","Test":"TestC"}
{"Action":"output","Package":"bad","Test":"TestD","Output":"want 1\n"}
{"Action":"fail","Package":"bad","Test":"TestD"}
{"Action":"fail","Package":"bad"}`,
			want:     tally{passed: 1, failed: 1},
			failures: "want 1\n",
		},
		"a package that does not build is a failure": {
			stream: `{"ImportPath":"p","Action":"build-output","Output":"undefined: x\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"output","Package":"p","Output":"FAIL p [build failed]\n"}
{"Action":"fail","Package":"p"}`,
			want:     tally{failed: 1},
			failures: "undefined: x\nFAIL p [build failed]\n",
		},
		"what is no event is kept": {
			stream:   "go: cannot find main module",
			failures: "go: cannot find main module",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, failures := readTestEvents([]byte(c.stream))
			if !reflect.DeepEqual(got, c.want) || failures != c.failures {
				t.Errorf("got %+v and %q, want %+v and %q", got, failures, c.want, c.failures)
			}
		})
	}
}

func TestIsEndOfFuzzing(t *testing.T) {
	for said, want := range map[string]bool{
		"--- FAIL: FuzzGate (30.10s)\n    context deadline exceeded\nFAIL\n":                                               true,
		"--- FAIL: FuzzGate (3s)\n    context deadline exceeded\n    Failing input written to testdata/fuzz/FuzzGate/7a\n": false,
		"--- FAIL: FuzzGate (0.00s)\n    ticket_test.go:9: passed\n":                                                       false,
	} {
		if got := isEndOfFuzzing(said); got != want {
			t.Errorf("%q: got %v", said, got)
		}
	}
}
