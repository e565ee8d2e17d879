package settings_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

func TestSearchesAreKeptInOrder(t *testing.T) {
	tests := []struct {
		name           string
		do             func(*settings.Searches)
		pinned, recent []string
	}{
		{"the latest comes first, once", func(s *settings.Searches) { s.Remember("b"); s.Remember("a") }, []string{"p"}, []string{"a", "b"}},
		{"nothing is no search", func(s *settings.Searches) { s.Remember(""); s.Pin("") }, []string{"p"}, []string{"a"}},
		{"a pinned one is not recent too", func(s *settings.Searches) { s.Remember("p") }, []string{"p"}, []string{"a"}},
		{"pinning takes it from the recent", func(s *settings.Searches) { s.Pin("a"); s.Pin("a") }, []string{"p", "a"}, nil},
		{"unpinning gives it back", func(s *settings.Searches) { s.Unpin("p"); s.Unpin("x") }, nil, []string{"p", "a"}},
		{"forgetting keeps what is pinned", func(s *settings.Searches) { s.Forget() }, []string{"p"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settings.Searches{Pinned: []string{"p"}, Recent: []string{"a"}}
			tt.do(&s)
			if !slices.Equal(s.Pinned, tt.pinned) || !slices.Equal(s.Recent, tt.recent) {
				t.Errorf("got %+v", s)
			}
		})
	}
}

func TestSearchesAreBoundedAndKept(t *testing.T) {
	dir := t.TempDir()
	update(t, open(t, dir), func(s *settings.Settings) {
		instance := example("ins_1")
		for i := range 100 {
			instance.Searches.Remember(fmt.Sprint("recent ", i))
			instance.Searches.Pin(fmt.Sprint("pinned ", i))
		}
		s.Instances = []settings.Instance{instance}
	})
	kept := open(t, dir).Get().Instances[0].Searches
	if len(kept.Recent) != 8 || kept.Recent[0] != "recent 99" || len(kept.Pinned) != 20 || kept.Pinned[19] != "pinned 99" {
		t.Errorf("got %+v", kept)
	}
}

func TestImpossibleSearchesAreRefused(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "two lines": "a\nb", "endless": strings.Repeat("a", 1001)} {
		t.Run(name, func(t *testing.T) {
			err := settings.Memory().Update(func(s *settings.Settings) error {
				instance := example("ins_1")
				instance.Searches.Recent = []string{text}
				s.Instances = []settings.Instance{instance}
				return nil
			})
			if fault.CodeOf(err) != fault.SettingInvalid {
				t.Errorf("got %v", err)
			}
		})
	}
}
