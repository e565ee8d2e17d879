package operator

import (
	"context"
	"strings"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// orgs are the organizations of Clerk, counted by how often it was asked.
type orgs struct {
	memberships []clerkapi.Membership
	found       []clerkapi.Organization
	err         error
	asked       int
}

var _ Organizations = (*orgs)(nil)

func (o *orgs) Memberships(context.Context, clerkapi.UserID) ([]clerkapi.Membership, error) {
	o.asked++
	return o.memberships, o.err
}

func (o *orgs) FindOrganizations(context.Context, string, int) ([]clerkapi.Organization, error) {
	return o.found, o.err
}

var access = Requirement{Organization: organizationID("org_support"), Permission: "org:dashboard:access"}

func member(permissions ...string) []clerkapi.Membership {
	return []clerkapi.Membership{
		{OrganizationID: organizationID("org_other"), OrganizationName: "Other", Permissions: []string{access.Permission}},
		{OrganizationID: organizationID("org_support"), OrganizationName: "Support", Permissions: permissions},
	}
}

func TestPermission(t *testing.T) {
	for name, tt := range map[string]struct {
		orgs orgs
		want fault.Code
		says []string
	}{
		"has it":               {orgs{memberships: member("org:x:y", access.Permission)}, "", nil},
		"member without it":    {orgs{memberships: member("org:x:y")}, fault.PermissionMissing, []string{"“Support”", access.Permission}},
		"longer name":          {orgs{memberships: member(access.Permission + "_more")}, fault.PermissionMissing, []string{access.Permission}},
		"has it elsewhere":     {orgs{memberships: member()[:1], found: []clerkapi.Organization{{ID: organizationID("org_support"), Name: "Support"}}}, fault.PermissionMissing, []string{"“Support”", access.Permission}},
		"organization is gone": {orgs{}, fault.PermissionMissing, []string{"org_support", access.Permission}},
		"another by that name": {orgs{found: []clerkapi.Organization{{ID: organizationID("org_x"), Name: "Fake"}}}, fault.PermissionMissing, []string{"org_support"}},
		"an organization without a readable id": {
			orgs{memberships: []clerkapi.Membership{{OrganizationName: "Support", Permissions: []string{access.Permission}}}},
			fault.PermissionUnknown,
			[]string{"one of your organizations"},
		},
		"a permission that cannot be read": {
			orgs{memberships: []clerkapi.Membership{{OrganizationID: organizationID("org_support"), Permissions: []string{"org:x:y", ""}, UnreadPermissions: true}}},
			fault.PermissionUnknown,
			[]string{"one of your permissions"},
		},
		"has it beside one that cannot be read": {
			orgs{memberships: []clerkapi.Membership{{OrganizationID: organizationID("org_support"), Permissions: []string{access.Permission, ""}, UnreadPermissions: true}}}, "", nil,
		},
		"operator is gone":     {orgs{err: fault.New(fault.UserGone, nil)}, fault.PermissionUnknown, []string{"no longer exists"}},
		"Clerk is broken":      {orgs{err: fault.New(fault.ClerkBroken, nil)}, fault.PermissionUnknown, []string{"Clerk is having problems"}},
		"Clerk is unreachable": {orgs{err: fault.New(fault.ClerkUnreachable, nil)}, fault.PermissionUnknown, []string{"cannot be reached"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := NewPermissions(&tt.orgs, func() time.Time { return noon })
			err := p.Check(t.Context(), userID(maya), access, time.Minute)
			expectCode(t, err, tt.want)
			for _, part := range tt.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
}

func TestAnAnswerCountsForAMinute(t *testing.T) {
	o := &orgs{memberships: member(access.Permission)}
	now := noon
	p := NewPermissions(o, func() time.Time { return now })
	steps := []struct {
		name  string
		do    func()
		who   clerkapi.UserID
		what  Requirement
		want  fault.Code
		asked int // in all
	}{
		{"at first", func() {}, userID(maya), access, "", 1},
		{"59 s later, though it was taken away", func() { now = now.Add(59 * time.Second); o.memberships = member() }, userID(maya), access, "", 1},
		{"after a minute", func() { now = now.Add(time.Second) }, userID(maya), access, fault.PermissionMissing, 2},
		{"the refusal counts as long", func() { o.memberships = member(access.Permission) }, userID(maya), access, fault.PermissionMissing, 2},
		{"unless it is forgotten", func() { p.Forget(t.Context()) }, userID(maya), access, "", 3},
		{"somebody else", func() {}, userID("user_jonas"), access, "", 4},
		{"something else", func() {}, userID("user_jonas"), Requirement{organizationID("org_support"), "org:x:y"}, fault.PermissionMissing, 5},
		{"a clock that went back", func() { now = now.Add(-time.Hour) }, userID("user_jonas"), Requirement{organizationID("org_support"), "org:x:y"}, fault.PermissionMissing, 6},
		{"no answer", func() { now = now.Add(time.Hour); o.err = fault.New(fault.ClerkBroken, nil) }, userID(maya), access, fault.PermissionUnknown, 7},
		{"counts for nothing", func() { o.err = nil }, userID(maya), access, "", 8},
	}
	for _, step := range steps {
		step.do()
		expectCode(t, p.Check(t.Context(), step.who, step.what, time.Minute), step.want)
		if o.asked != step.asked {
			t.Errorf("%s: asked %d times, want %d", step.name, o.asked, step.asked)
		}
	}
}

func TestAPermissionIsNotWaitedForAfterCancel(t *testing.T) {
	p := NewPermissions(&orgs{}, func() time.Time { return noon })
	p.turn <- struct{}{} // somebody is asking
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	expectCode(t, p.Check(ctx, userID(maya), access, time.Minute), fault.Canceled)
}

func TestAProofCountsForSoLong(t *testing.T) {
	o := Operator{ID: userID(maya), Name: "Maya"}
	for name, tt := range map[string]struct {
		proof Proof
		now   time.Time
		want  bool
	}{
		"at once":            {Proof{ID: userID(maya), At: noon}, noon, true},
		"almost 12 h later":  {Proof{ID: userID(maya), At: noon}, noon.Add(12*time.Hour - time.Second), true},
		"after 12 h":         {Proof{ID: userID(maya), At: noon}, noon.Add(12 * time.Hour), false},
		"of somebody else":   {Proof{ID: userID("user_jonas"), At: noon}, noon, false},
		"none":               {Proof{}, noon, false},
		"clock set a little": {Proof{ID: userID(maya), At: noon}, noon.Add(-time.Second), true},
		"clock put back":     {Proof{ID: userID(maya), At: noon}, noon.Add(-time.Hour), false},
	} {
		t.Run(name, func(t *testing.T) {
			got := o.With(tt.proof, 12*time.Hour, tt.now)
			if got.Verified != tt.want || got.VerifiedAt.IsZero() == tt.want || got.VerifiedUntil.IsZero() == tt.want || got.Name != "Maya" {
				t.Errorf("got %+v", got)
			}
			if tt.want && (!got.VerifiedAt.Equal(noon) || !got.VerifiedUntil.Equal(noon.Add(12*time.Hour))) {
				t.Errorf("verified from %v to %v", got.VerifiedAt, got.VerifiedUntil)
			}
		})
	}
}
