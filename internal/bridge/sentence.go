package bridge

import "understudy/internal/sentence"

// Sentence is a text of the catalogue, which the window writes out.
type Sentence struct {
	Key  string           `json:"key"`
	With map[string]Value `json:"with"` // the values that are put into the text, by name
}

// Value is what is put into a text. One field holds something.
type Value struct {
	Texts     []string   `json:"texts"` // one, or several with commas between them
	Number    *int64     `json:"number"`
	Time      *string    `json:"time"`
	Sentences []Sentence `json:"sentences"` // one, or several after each other
}

// sentenceOf is a sentence as data.
func sentenceOf(s sentence.Sentence) Sentence {
	with := map[string]Value{}
	for name, value := range s.With {
		with[name] = valueOf(value)
	}
	return Sentence{Key: s.Key, With: with}
}

// sentenceIn is a sentence as data, nil for one that says nothing.
func sentenceIn(s sentence.Sentence) *Sentence {
	if s.IsZero() {
		return nil
	}
	crossing := sentenceOf(s)
	return &crossing
}

func valueOf(v sentence.Value) Value {
	value := Value{Texts: append([]string{}, v.Texts...), Number: v.Number, Sentences: list(v.Sentences, sentenceOf)}
	if at := stamp(v.Time); at != "" {
		value.Time = &at
	}
	return value
}
