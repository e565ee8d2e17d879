package clerkapi

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"

	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/sentence"
)

// actorTokenParams is the body of POST /actor_tokens.
type actorTokenParams struct {
	UserID        UserID `json:"user_id"`
	Actor         Actor  `json:"actor"`
	LinkLife      int64  `json:"expires_in_seconds"`
	SessionLength int64  `json:"session_max_duration_in_seconds"`
}

// CreateActorToken sends exactly one POST, whatever happens. The token it
// returns has a valid id; its status, user and address are as Clerk sent them
// and for the caller to check, who can still revoke the token by its id.
//
// Of its own failures it has fault.UserGone, fault.OperatorGone,
// fault.PlanLacks, fault.LimitExceeded, fault.UserBanned and fault.UserLocked.
// After a failure that is not [fault.Error.Undone] a token may exist.
func (c *Client) CreateActorToken(ctx context.Context, request ActorTokenRequest) (ActorToken, error) {
	if err := request.UserID.given(); err != nil {
		return ActorToken{}, fault.From(err).AsUndone()
	}
	if request.LinkLife < time.Second || request.SessionLength < time.Second {
		return ActorToken{}, fault.From(mistake("an actor token's times are at least a second")).AsUndone()
	}
	r := post("actor_tokens", actorTokenParams{
		UserID:        request.UserID,
		Actor:         request.Actor,
		LinkLife:      int64(request.LinkLife / time.Second),
		SessionLength: int64(request.SessionLength / time.Second),
	})
	r.meaning = actorTokenMeaning
	return send(ctx, c, r, decodeActorToken)
}

// actorTokenMeaning tells the two users of the request apart.
func actorTokenMeaning(e clerk.Error) fault.Code {
	switch e.Code {
	case codeNotFound, codeParamMissing, codeParamInvalid:
	default:
		return ""
	}
	switch name := parameter(e); {
	case name == "sub" || name == "actor" || strings.HasPrefix(name, "actor."):
		return fault.OperatorGone
	case name == "user_id" || e.Code == codeNotFound:
		return fault.UserGone
	default:
		return ""
	}
}

// RevokeActorToken makes the link of a pending token useless. A token that was
// accepted or revoked before gives fault.TokenNotPending, an unknown one
// fault.ClerkNotFound.
func (c *Client) RevokeActorToken(ctx context.Context, id ActorTokenID) error {
	if err := id.given(); err != nil {
		return err
	}
	r := post("actor_tokens/"+id.String()+"/revoke", struct{}{})
	r.meaning = func(e clerk.Error) fault.Code {
		if e.Code == "actor_token_cannot_be_revoked_code" {
			return fault.TokenNotPending
		}
		return ""
	}
	_, err := send(ctx, c, r, func(body []byte) (ActorToken, error) {
		token, err := decodeActorToken(body)
		if err == nil && (token.ID != id || token.Status != "revoked") {
			return token, errors.New("it does not say that the token is revoked")
		}
		return token, err
	})
	return err
}

// actorTokenJSON reads fields of a wrong type as empty. A damaged token must keep
// its id, or nobody could revoke it.
type actorTokenJSON struct {
	ID     lenient `json:"id"`
	Status lenient `json:"status"`
	UserID lenient `json:"user_id"`
	URL    lenient `json:"url"`
}

func decodeActorToken(body []byte) (ActorToken, error) {
	var raw actorTokenJSON
	if err := unmarshal(body, &raw); err != nil {
		return ActorToken{}, fmt.Errorf("actor token: %w", err)
	}
	id, err := ParseActorTokenID(string(raw.ID))
	if err != nil {
		return ActorToken{}, unreadable{sentence.Of("lacks.token")}
	}
	token := ActorToken{ID: id, Status: string(raw.Status)}
	if user, err := ParseUserID(string(raw.UserID)); err == nil {
		token.UserID = user
	}
	if raw.URL != "" {
		token.URL = secret.NewTicketURL(string(raw.URL))
	}
	return token, nil
}
