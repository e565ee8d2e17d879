package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
)

// merge lays known over kept, both JSON: a field of an object that only kept
// has stays, everything else is as in known. Objects in lists belong together
// if they have the same "id"; one that known has no more is gone.
func merge(kept, known json.RawMessage) (json.RawMessage, error) {
	var keptObject, knownObject map[string]json.RawMessage
	if isObject(kept, &keptObject) && isObject(known, &knownObject) {
		for name, value := range knownObject {
			kept := keptObject[name]
			if isOneValue(name) {
				kept = nil
			}
			merged, err := merge(kept, value)
			if err != nil {
				return nil, err
			}
			dropSpellings(keptObject, name)
			keptObject[name] = merged
		}
		return encode(keptObject)
	}
	var keptList, knownList []json.RawMessage
	if isList(kept, &keptList) && isList(known, &knownList) {
		byID := map[string]json.RawMessage{}
		for _, item := range keptList {
			byID[idOf(item)] = item
		}
		for i, item := range knownList {
			merged, err := merge(byID[idOf(item)], item)
			if err != nil {
				return nil, err
			}
			knownList[i] = merged
		}
		return encode(knownList)
	}
	return known, nil
}

// dropSpellings removes a field in every mix of upper and lower case:
// encoding/json reads them all as one, and the last would win.
func dropSpellings(object map[string]json.RawMessage, name string) {
	maps.DeleteFunc(object, func(other string, _ json.RawMessage) bool { return strings.EqualFold(other, name) })
}

func isObject(text json.RawMessage, into *map[string]json.RawMessage) bool {
	return len(text) > 0 && text[0] == '{' && json.Unmarshal(text, into) == nil
}

func isList(text json.RawMessage, into *[]json.RawMessage) bool {
	return len(text) > 0 && text[0] == '[' && json.Unmarshal(text, into) == nil
}

// idOf is the "id" of an object in a list, "" of anything else.
func idOf(item json.RawMessage) string {
	var object struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(item, &object) != nil {
		return ""
	}
	return object.ID
}

func encode(value any) (json.RawMessage, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	return text, nil
}
