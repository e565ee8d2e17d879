package directory

import (
	"fmt"
	"testing"
	"time"

	"understudy/internal/clerkapi"
)

func someIDs(n int) []clerkapi.UserID {
	var ids []clerkapi.UserID
	for i := range n {
		ids = append(ids, userID(fmt.Sprintf("user_%d", i)))
	}
	return ids
}

func TestNamesOfAHundredUsersAreOneRequest(t *testing.T) {
	c := &clerk{n: 100}
	found, err := New(c, c, func() time.Time { return noon }, c.ahead).Names(t.Context(), someIDs(100))
	if err != nil || len(found) != 100 {
		t.Fatalf("%d users, %v", len(found), err)
	}
	if len(c.pages) != 1 || c.pages[0].Limit != 100 || len(c.pages[0].Filter.UserIDs) != 100 || c.gets != 0 {
		t.Errorf("asked with %v and %d single requests, want one for all", c.pages, c.gets)
	}
}

func TestNamesOfNobodyAreNoRequest(t *testing.T) {
	c := &clerk{}
	if _, err := New(c, c, func() time.Time { return noon }, c.ahead).Names(t.Context(), nil); err != nil || len(c.pages) != 0 {
		t.Errorf("%d requests, %v", len(c.pages), err)
	}
}
