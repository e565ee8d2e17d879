package clerkapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"understudy/internal/fault"
)

// active is the only status of a session that somebody can use.
const active = "active"

// Sessions returns the user's active sessions, newest first, from all pages. Its
// times are by the clock of this computer, however wrong that is.
func (c *Client) Sessions(ctx context.Context, user UserID) ([]Session, error) {
	if _, err := ParseUserID(string(user)); err != nil {
		return nil, err
	}
	sessions, err := allPages(func(limit, offset int) ([]Session, error) {
		query := pageValues(limit, offset)
		query.Set("user_id", string(user))
		query.Set("status", active)
		r := get("sessions", query)
		r.meaning = aboutUser
		return send(ctx, c, r, func(body []byte) ([]Session, error) {
			return decodeSessions(body, user)
		})
	})
	if err != nil {
		return nil, err
	}
	ended := func(session Session) bool { return session.Status != active }
	sessions = slices.DeleteFunc(sessions, ended)
	for i := range sessions {
		for _, moment := range []*time.Time{&sessions[i].CreatedAt, &sessions[i].ExpireAt, &sessions[i].LastActiveAt} {
			*moment = c.skew.here(*moment)
		}
	}
	return sessions, nil
}

// RevokeSession ends the session. One that had already ended counts as ended;
// one that Clerk does not know is fault.ClerkNotFound.
func (c *Client) RevokeSession(ctx context.Context, id SessionID) error {
	if _, err := ParseSessionID(string(id)); err != nil {
		return err
	}
	path := "sessions/" + string(id)
	ended := func(body []byte) (Session, error) { return decodeEnded(body, id) }
	_, err := send(ctx, c, post(path+"/revoke", struct{}{}), ended)
	if fault.CodeOf(err) != fault.ClerkRefused {
		return err
	}
	// What Clerk answers for a session that is over is not documented. If it
	// refuses, the session itself tells.
	if _, lookup := send(ctx, c, get(path, nil), ended); lookup == nil {
		return nil
	}
	return err
}

type sessionJSON struct {
	ID           string          `json:"id"`
	UserID       string          `json:"user_id"`
	Status       string          `json:"status"`
	Actor        json.RawMessage `json:"actor"`
	CreatedAt    unixMillis      `json:"created_at"`
	ExpireAt     unixMillis      `json:"expire_at"`
	LastActiveAt unixMillis      `json:"last_active_at"`
	Latest       struct {
		Browser string `json:"browser_name"`
		City    string `json:"city"`
		Country string `json:"country"`
	} `json:"latest_activity"`
}

// session checks what the caller goes by: which session, whose, and its state.
func (raw sessionJSON) session() (Session, error) {
	id, err := ParseSessionID(raw.ID)
	if err != nil {
		return Session{}, errors.New("session: no id")
	}
	user, err := ParseUserID(raw.UserID)
	if err != nil {
		return Session{}, errors.New("session: no user_id")
	}
	if raw.Status == "" {
		return Session{}, errors.New("session: no status")
	}
	return Session{
		ID:           id,
		UserID:       user,
		Status:       raw.Status,
		Actor:        decodeActor(raw.Actor),
		CreatedAt:    raw.CreatedAt.Time,
		ExpireAt:     raw.ExpireAt.Time,
		LastActiveAt: raw.LastActiveAt.Time,
		Browser:      raw.Latest.Browser,
		City:         raw.Latest.City,
		Country:      raw.Latest.Country,
	}, nil
}

// decodeActor returns nil for a session that is not an impersonation. Other
// tools put what they like into the payload, so what is not a string is left
// out.
func decodeActor(raw json.RawMessage) *Actor {
	var payload *struct {
		Sub lenient `json:"sub"`
		Iss lenient `json:"iss"`
		RID lenient `json:"rid"`
		Log lenient `json:"log"`
		Ref lenient `json:"ref"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &payload) != nil || payload == nil {
		return nil
	}
	return &Actor{
		Sub: string(payload.Sub), Iss: string(payload.Iss), RID: string(payload.RID),
		Log: string(payload.Log), Ref: string(payload.Ref),
	}
}

// decodeSessions refuses a page with a session of somebody else: the caller
// ends what it finds there.
func decodeSessions(body []byte, user UserID) ([]Session, error) {
	var page []sessionJSON
	if err := decodeList(body, &page); err != nil {
		return nil, err
	}
	sessions := make([]Session, 0, len(page))
	for _, raw := range page {
		session, err := raw.session()
		if err != nil {
			return nil, err
		}
		if session.UserID != user {
			return nil, errors.New("session: somebody else's")
		}
		sessions = append(sessions, session)
	}
	return sessions, nil
}

// decodeEnded fails unless the session is the one meant and over.
func decodeEnded(body []byte, id SessionID) (Session, error) {
	var raw sessionJSON
	if err := unmarshal(body, &raw); err != nil {
		return Session{}, fmt.Errorf("session: %w", err)
	}
	session, err := raw.session()
	if err != nil {
		return Session{}, err
	}
	if session.ID != id || session.Status == active {
		return Session{}, errors.New("session: not said to be over")
	}
	return session, nil
}
