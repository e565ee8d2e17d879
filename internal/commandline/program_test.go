package commandline

import (
	"errors"
	"strings"
	"testing"
)

// started is what a run of the program came to.
type started struct {
	code               int
	out, errs, alerted string
	opened             []Window
	asked              []string
}

func start(failure error, args ...string) (s started) {
	var out, errs strings.Builder
	s.code = Program{
		Version:  "1.2.3",
		Commands: map[string]func([]string) int{"audit": func(rest []string) int { s.asked = rest; return 6 }},
		Open:     func(w Window) error { s.opened = append(s.opened, w); return failure },
		Alert:    func(sentence string) error { s.alerted = sentence; return nil },
		Out:      &out, Err: &errs,
	}.Run(args)
	s.out, s.errs = out.String(), errs.String()
	return s
}

func TestHelpNamesEveryCommandAndFlag(t *testing.T) {
	for _, asked := range []string{"--help", "-help", "-h"} {
		s := start(nil, asked)
		for _, name := range []string{"understudy audit", "understudy doctor", "understudy policy", "-sample", "-debug", "-version"} {
			if s.code != 0 || strings.Count(s.out, name) != 1 || s.errs != "" || s.opened != nil {
				t.Errorf("%s: %q is not named once: %+v", asked, name, s)
			}
		}
	}
}

func TestWrongArgumentsEndWithTheUsage(t *testing.T) {
	for _, args := range [][]string{{"nonsense"}, {"--nonsense"}, {"--sample", "nonsense"}, {"Audit"}, {""}, {"--sample=maybe"}} {
		s := start(nil, args...)
		if s.code != 2 || s.out != "" || strings.Count(s.errs, "understudy audit") != 1 || s.opened != nil {
			t.Errorf("%q: %+v", args, s)
		}
	}
}

func TestTheWindowIsOpenedAsAsked(t *testing.T) {
	for _, of := range []struct {
		args []string
		want Window
	}{
		{nil, Window{}},
		{[]string{"--sample"}, Window{Sample: true}},
		{[]string{"-debug", "-sample"}, Window{Sample: true, Debug: true}},
	} {
		if s := start(nil, of.args...); s.code != 0 || len(s.opened) != 1 || s.opened[0] != of.want || s.errs != "" {
			t.Errorf("%q: %+v", of.args, s)
		}
	}
}

func TestAFailedStartIsSaidInTheTerminalAndInABox(t *testing.T) {
	s := start(errors.New("there is no display"))
	if s.code != 1 || s.errs != "there is no display\n" || s.alerted != "there is no display" {
		t.Errorf("%+v", s)
	}
}

func TestACommandGetsItsArgumentsAndSaysItsCode(t *testing.T) {
	s := start(nil, "audit", "verify", "--help")
	if s.code != 6 || strings.Join(s.asked, " ") != "verify --help" || s.opened != nil {
		t.Errorf("%+v", s)
	}
}

func TestVersionIsPrinted(t *testing.T) {
	if s := start(nil, "--version"); s.code != 0 || s.out != "1.2.3\n" || s.errs != "" {
		t.Errorf("%+v", s)
	}
}
