package clerkapi

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Over reports whether nobody can use the session any more. A status that is not
// among those that Clerk says this of, a pending or a new one, counts as living.
func (s Session) Over() bool {
	switch s.Status {
	case "revoked", "ended", "expired", "removed", "abandoned", "replaced":
		return true
	default:
		return false
	}
}

// Sessions returns the user's sessions that Clerk still knows, over or not, newest
// first, from all pages. They are asked for whatever their status: a filter would
// hide those that wait for the user, and every status that comes later. Its times
// are by the clock of this computer, however wrong that is.
func (c *Client) Sessions(ctx context.Context, user UserID) ([]Session, error) {
	if err := user.given(); err != nil {
		return nil, err
	}
	sessions, err := allPages(listPage, func(limit, offset int) ([]Session, error) {
		query := pageValues(limit, offset)
		query.Set("user_id", user.String())
		r := get("sessions", query)
		r.meaning = aboutUser
		return send(ctx, c, r, func(body []byte) ([]Session, error) {
			return decodeSessions(body, user)
		})
	})
	if err != nil {
		return nil, err
	}
	for i := range sessions {
		for _, moment := range []*time.Time{&sessions[i].CreatedAt, &sessions[i].ExpireAt, &sessions[i].LastActiveAt} {
			*moment = c.skew.here(*moment)
		}
	}
	return sessions, nil
}

// RevokeSession ends the session. It returns nil for a session that had already
// ended, and fault.ClerkNotFound for a session that Clerk does not know.
func (c *Client) RevokeSession(ctx context.Context, id SessionID) error {
	if err := id.given(); err != nil {
		return err
	}
	path := "sessions/" + id.String()
	ended := func(body []byte) (Session, error) { return decodeEnded(body, id) }
	_, err := send(ctx, c, post(path+"/revoke", struct{}{}), ended)
	if fault.CodeOf(err) != fault.ClerkRefused {
		return err
	}
	// Clerk does not document its answer for a session that is over. If it refuses,
	// the session itself tells whether it is over.
	if _, lookup := send(ctx, c, get(path, nil), ended); lookup == nil {
		return nil
	}
	return err
}

type sessionJSON struct {
	ID           lenient        `json:"id"`
	UserID       lenient        `json:"user_id"`
	Status       lenient        `json:"status"`
	Actor        jsontext.Value `json:"actor"`
	CreatedAt    unixMillis     `json:"created_at"`
	ExpireAt     unixMillis     `json:"expire_at"`
	LastActiveAt unixMillis     `json:"last_active_at"`
	Tasks        list[part[struct {
		Key lenient `json:"key"`
	}]] `json:"tasks"`
	Latest part[struct {
		Browser lenient `json:"browser_name"`
		Device  lenient `json:"device_type"`
		Mobile  flag    `json:"is_mobile"`
		City    lenient `json:"city"`
		Country lenient `json:"country"`
	}] `json:"latest_activity"`
}

// session returns a session of the user whose sessions were asked for. It has no id
// if it does not name that user, since the caller ends sessions by their ids.
func (raw sessionJSON) session(user UserID) Session {
	id, err := ParseSessionID(string(raw.ID))
	if err != nil || string(raw.UserID) != user.String() {
		id = SessionID{}
	}
	var tasks []string // without unreadable ones: tasks are only shown
	for _, task := range raw.Tasks.items {
		if key := string(task.value.Key); key != "" {
			tasks = append(tasks, key)
		}
	}
	return Session{
		ID:           id,
		UserID:       user,
		Status:       string(raw.Status),
		Actor:        decodeActor(raw.Actor),
		Tasks:        tasks,
		CreatedAt:    raw.CreatedAt.Time,
		ExpireAt:     raw.ExpireAt.Time,
		LastActiveAt: raw.LastActiveAt.Time,
		Browser:      string(raw.Latest.value.Browser),
		Device:       string(raw.Latest.value.Device),
		Mobile:       raw.Latest.value.Mobile == yes,
		City:         string(raw.Latest.value.City),
		Country:      string(raw.Latest.value.Country),
	}
}

// decodeActor returns nil for a session that is not an impersonation. Other tools
// put anything into the payload, so fields that are no strings are left empty.
func decodeActor(raw jsontext.Value) *Actor {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	var payload part[struct {
		Sub  lenient `json:"sub"`
		Iss  lenient `json:"iss"`
		RID  lenient `json:"rid"`
		Log  lenient `json:"log"`
		Ref  lenient `json:"ref"`
		Type lenient `json:"type"`
	}]
	if unmarshal(raw, &payload) != nil {
		return &Actor{}
	}
	actor := payload.value
	return &Actor{
		Sub: string(actor.Sub), Iss: string(actor.Iss), RID: string(actor.RID),
		Log: string(actor.Log), Ref: string(actor.Ref), Type: string(actor.Type),
	}
}

// decodeSessions reads each session by itself. An unreadable session of the user's
// own is no reason to leave an impersonation running. An element that cannot be read
// at all may be an impersonation, so it gets an empty Actor.
func decodeSessions(body []byte, user UserID) ([]Session, error) {
	page, err := elements(body)
	if err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	sessions := make([]Session, 0, len(page))
	for _, element := range page {
		var raw part[sessionJSON]
		if err := unmarshal(element, &raw); err != nil || !raw.isRead {
			sessions = append(sessions, Session{UserID: user, Actor: &Actor{}})
			continue
		}
		sessions = append(sessions, raw.value.session(user))
	}
	return sessions, nil
}

// decodeEnded fails unless the session is the one meant and over.
func decodeEnded(body []byte, id SessionID) (Session, error) {
	var raw sessionJSON
	if err := unmarshal(body, &raw); err != nil {
		return Session{}, fmt.Errorf("session: %w", err)
	}
	switch {
	case string(raw.ID) != id.String():
		return Session{}, unreadable{sentence.Of("lacks.session")}
	case raw.Status == "":
		return Session{}, unreadable{sentence.Of("lacks.status")}
	case !(Session{Status: string(raw.Status)}).Over():
		return Session{}, errors.New("session: not said to be over")
	}
	return Session{ID: id, Status: string(raw.Status)}, nil
}
