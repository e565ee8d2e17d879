package settings

import (
	"cmp"
	"slices"

	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// Changes is what an operator may change in the app as a user.
type Changes struct {
	// Default is the mode that the dialog offers first. Empty: view only on production,
	// allow changes elsewhere.
	Default viewonly.Mode `json:"default"`
	// Allow is whether changes may be allowed. Empty: with a reason on production,
	// always elsewhere.
	Allow Allow `json:"allow"`
	// Minutes is how long they are allowed at most, 0: 10 on production, and elsewhere
	// until the session ends.
	Minutes int `json:"minutes"`
	// Paths and Hosts are sent to in view only as well, see [viewonly.Rules].
	Paths []string `json:"paths"`
	Hosts []string `json:"hosts"`
	// HoldGraphQL holds back GraphQL queries by POST too, since only the app knows
	// that they change nothing.
	HoldGraphQL bool `json:"hold_graphql"`
}

// Allow is a condition for changes.
type Allow string

// The conditions. With AllowNever a browser that cannot hold back changes is not
// opened.
const (
	AllowAlways Allow = "always"
	AllowReason Allow = "reason"
	AllowNever  Allow = "never"
)

// changeMinutes is how long changes are allowed on production if nothing else is set.
const changeMinutes = 10

// In returns the same with what is empty spelled out for an environment.
func (c Changes) In(environment secret.Environment) Changes {
	mode, allow, minutes := viewonly.AllowChanges, AllowAlways, 0
	if environment == secret.Production {
		mode, allow, minutes = viewonly.ViewOnly, AllowReason, changeMinutes
	}
	c.Allow = cmp.Or(c.Allow, allow)
	if c.Allow == AllowNever {
		mode = viewonly.ViewOnly
	}
	c.Default, c.Minutes = cmp.Or(c.Default, mode), cmp.Or(c.Minutes, minutes)
	c.Paths, c.Hosts = append([]string{}, c.Paths...), append([]string{}, c.Hosts...)
	return c
}

func (c Changes) validate() error {
	modes := []viewonly.Mode{"", viewonly.ViewOnly, viewonly.AllowChanges}
	allows := []Allow{"", AllowAlways, AllowReason, AllowNever}
	isPath := func(path string) bool { return viewonly.CheckPath(path) == nil }
	isHost := func(host string) bool { return viewonly.CheckHost(host) == nil }
	return first([]error{
		check(slices.Contains(modes, c.Default), "changes.default"),
		check(slices.Contains(allows, c.Allow), "changes.allow"),
		check(c.Default != viewonly.AllowChanges || c.Allow != AllowNever, "changes.default, which changes.allow forbids"),
		check(within(c.Minutes, 0, 60), "changes.minutes"),
		check(areEach(c.Paths, isPath), "changes.paths"),
		check(areEach(c.Hosts, isHost), "changes.hosts"),
	})
}
