package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"understudy/internal/fault"
)

// Managed are the values that an administrator set for all who use this computer. They
// win over the operator's own. Those stay in the file and count again when the
// administrator lets go. The zero value manages nothing.
type Managed struct {
	preferences json.RawMessage            // some of the fields of Preferences
	rules       json.RawMessage            // some of the fields of Rules, for every instance
	instances   map[string]json.RawMessage // some more for one instance, by its id
	apiURL      string
}

// WithAPIURL manages the address of the Backend API too; "" leaves it open.
func (m Managed) WithAPIURL(address string) Managed {
	m.apiURL = address
	return m
}

// APIURL is the only address of the Backend API that may be used, "" if any may.
func (m Managed) APIURL() string { return m.apiURL }

// NewManaged takes JSON objects with some of the fields of [Preferences], and of
// [Rules] for every instance and for single ones; the latter win. Either may be
// nil. An impossible value is an error whose text names the field as [Managed]
// was given it, "rules.reason.pattern" for example, never the value.
func NewManaged(preferences, rules json.RawMessage, instances map[string]json.RawMessage) (Managed, error) {
	m := Managed{preferences: preferences, rules: rules, instances: map[string]json.RawMessage{}}
	for id, own := range instances {
		if !instanceID.MatchString(id) {
			return Managed{}, &invalidError{"instances." + id}
		}
		both, err := merge(rules, own)
		if err != nil {
			return Managed{}, err
		}
		m.instances[id] = both
	}
	if err := m.validate(); err != nil {
		return Managed{}, err
	}
	return m, m.whole()
}

// whole refuses to say whom the rules protect without what they do with
// them: the operator's own value would stand beside it.
func (m Managed) whole() error {
	parts := map[string][]string{"rules": leaves(m.rules)}
	for id, some := range m.instances {
		parts["instances."+id] = leaves(some)
	}
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		for _, list := range []string{"protected.roles", "protected.domains", "protected.metadata"} {
			if slices.Contains(parts[part], list) && !slices.Contains(parts[part], list+"_effect") {
				return &invalidError{part + "." + list + ", which needs its effect beside it"}
			}
		}
	}
	return nil
}

func (m Managed) validate() error {
	s := Defaults()
	if err := decodeOver(m.preferences, &s.Preferences); err != nil {
		return fmt.Errorf("preferences: %w", err)
	}
	if err := s.validate(); err != nil {
		return fmt.Errorf("preferences.%w", err)
	}
	if err := validateRules(m.rules); err != nil {
		return fmt.Errorf("rules.%w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(m.instances)) {
		if err := validateRules(m.instances[id]); err != nil {
			return fmt.Errorf("instances.%s.%w", id, err)
		}
	}
	return nil
}

func validateRules(some json.RawMessage) error {
	var rules Rules
	if err := decodeOver(some, &rules); err != nil {
		return err
	}
	return rules.validate()
}

// Rules are the rules of an instance: the operator's own, with what is managed
// laid over them.
func (m Managed) Rules(id string, own Rules) Rules {
	own = own.clone()
	lay(m.rulesOf(id), &own)
	return own
}

func (m Managed) rulesOf(id string) json.RawMessage {
	if some, ok := m.instances[id]; ok {
		return some
	}
	return m.rules
}

// Preferences names the preferences that are managed, in order, as the file
// does: "session_minutes".
func (m Managed) Preferences() []string { return leaves(m.preferences) }

// RulesManaged names the rules of an instance that are managed, in order:
// "reason.pattern".
func (m Managed) RulesManaged(id string) []string { return leaves(m.rulesOf(id)) }

// apply lays what is managed over the operator's own settings.
func (m Managed) apply(own Settings) Settings {
	effective := own.clone()
	lay(m.preferences, &effective.Preferences)
	for i, instance := range effective.Instances {
		effective.Instances[i].Rules = m.Rules(instance.ID, instance.Rules)
	}
	return effective
}

// release takes what is managed out of settings that were changed: the
// operator's own values come back in their place. A managed value that the
// change touched is fault.SettingManaged.
func (m Managed) release(changed, own, effective Settings) (Settings, error) {
	released := changed.clone()
	if err := restore(m.preferences, &released.Preferences, own.Preferences, effective.Preferences); err != nil {
		return Settings{}, err
	}
	for i, instance := range released.Instances {
		ownInstance, _ := own.Instance(instance.ID)
		effectiveInstance, _ := effective.Instance(instance.ID)
		err := restore(m.rulesOf(instance.ID), &released.Instances[i].Rules, ownInstance.Rules, effectiveInstance.Rules)
		if err != nil {
			return Settings{}, err
		}
	}
	return released, nil
}

var errManaged = errors.New("the value is managed")

// restore puts the own values back where shape has a field.
func restore[T any](shape json.RawMessage, changed *T, own, effective T) error {
	if len(shape) == 0 {
		return nil
	}
	now, err := pick(shape, *changed)
	if err != nil {
		return err
	}
	before, err := pick(shape, own)
	if err != nil {
		return err
	}
	shown, err := pick(shape, effective)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, before) && !bytes.Equal(now, shown) {
		return fault.New(fault.SettingManaged, errManaged)
	}
	return decodeOver(before, changed)
}

// lay is decodeOver of what NewManaged has decoded before.
func lay(some json.RawMessage, over any) {
	if err := decodeOver(some, over); err != nil {
		panic(err)
	}
}

// decodeOver decodes some of the fields of a value over it; the others stay.
func decodeOver(some json.RawMessage, over any) error {
	if len(some) == 0 {
		return nil
	}
	if err := json.Unmarshal(some, over); err != nil {
		return fmt.Errorf("decode managed settings: %w", err)
	}
	return nil
}

// pick encodes those fields of a value that shape has too.
func pick(shape json.RawMessage, value any) (json.RawMessage, error) {
	whole, err := encode(value)
	if err != nil {
		return nil, err
	}
	return narrow(shape, whole)
}

func narrow(shape, whole json.RawMessage) (json.RawMessage, error) {
	var names, values map[string]json.RawMessage
	if !isObject(shape, &names) || !isObject(whole, &values) {
		return whole, nil
	}
	some := map[string]json.RawMessage{}
	for name, inner := range names {
		if isOneValue(name) {
			inner = nil
		}
		value, err := narrow(inner, values[name])
		if err != nil {
			return nil, err
		}
		some[name] = value
	}
	return encode(some)
}

// leaves names the fields of an object, and of the objects in it.
func leaves(object json.RawMessage) []string {
	var fields map[string]json.RawMessage
	if !isObject(object, &fields) {
		return nil
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var inner map[string]json.RawMessage
		if isOneValue(name) || !isObject(fields[name], &inner) {
			names = append(names, name)
			continue
		}
		for _, below := range leaves(fields[name]) {
			names = append(names, name+"."+below)
		}
	}
	return names
}

// String says how much is managed.
func (m Managed) String() string {
	preferences, rules := len(m.Preferences()), len(leaves(m.rules))
	more := 0
	for _, some := range m.instances {
		more += len(leaves(some)) - rules
	}
	api := ""
	if m.apiURL != "" {
		api = ", and the address of Clerk's API"
	}
	if preferences+rules+len(m.instances) == 0 && api == "" {
		return "it manages nothing"
	}
	return fmt.Sprintf("good, it manages %s, %s of every instance, %d more of %s%s",
		counted(preferences, "preference"), counted(rules, "rule"), more, counted(len(m.instances), "instance"), api)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// ChangeRules changes the operator's own rules of an instance that is in no
// settings, under the same conditions as [Store.Update]. It returns their own,
// without what is managed.
func (m Managed) ChangeRules(id string, own Rules, change func(*Rules)) (Rules, error) {
	effective := m.Rules(id, own)
	changed := effective.clone()
	change(&changed)
	if err := restore(m.rulesOf(id), &changed, own, effective); err != nil {
		return Rules{}, err
	}
	return changed.clone(), changed.Validate()
}
