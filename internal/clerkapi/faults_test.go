package clerkapi

import (
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
)

// tokenRequest is a POST whose every part is in order.
func tokenRequest() ActorTokenRequest {
	return ActorTokenRequest{
		UserID:        userID("user_jane"),
		Actor:         Actor{Sub: "user_operator"},
		LinkLife:      time.Minute,
		SessionLength: 30 * time.Minute,
	}
}

// TestEachAnswerHasItsFault has a row for everything that a server can do to a request.
// It does each to a GET, which may be tried again, and to the POST that must not be.
func TestEachAnswerHasItsFault(t *testing.T) {
	const once, thrice = 1, 3
	const saysNotClerk = "The answer did not come from {server}: a hotel or company network may be in between."
	const noID = "the sentence that names the id"
	cases := map[string]struct {
		handler  http.HandlerFunc
		want     fault.Code
		sentence string
		gets     int
		trace    string
		wait     time.Duration
	}{
		"400 with a code of no meaning here": {
			reply(400, clerkError("request_body_invalid", "")),
			fault.ClerkRefused, "{server} did not accept the request.", once, "trace123", 0,
		},
		"401 key invalid": {
			reply(401, clerkError("clerk_key_invalid", "")),
			fault.KeyRefused, "{server} did not accept this key.", once, "trace123", 0,
		},
		"401 header malformed": {
			reply(401, clerkError("authorization_header_format_invalid", "")),
			fault.KeyRefused, "{server} did not accept this key.", once, "trace123", 0,
		},
		"401 with another code": {
			reply(401, clerkError("authentication_invalid", "")),
			fault.KeyRefused, "{server} did not accept this key.", once, "trace123", 0,
		},
		"402 plan": {
			reply(402, clerkError("unsupported_subscription_plan_features", "")),
			fault.PlanLacks, "Your Clerk plan does not include impersonation.", once, "trace123", 0,
		},
		"402 with another code": {
			reply(402, clerkError("payment_required", "")),
			fault.PlanLacks, "Your Clerk plan does not include impersonation.", once, "trace123", 0,
		},
		"403": {
			reply(403, clerkError("authorization_invalid", "")),
			fault.ClerkForbidden, "{server} does not allow this.", once, "trace123", 0,
		},
		"403 banned": {
			reply(403, clerkError("user_banned", "")),
			fault.UserBanned, "Banned users can't sign in.", once, "trace123", 0,
		},
		"403 locked": {
			reply(403, clerkError("user_locked", "")),
			fault.UserLocked, "Locked users can't sign in.", once, "trace123", 0,
		},
		"404 user": {
			reply(404, clerkError("resource_not_found", "")),
			fault.UserGone, "This user no longer exists.", once, "trace123", 0,
		},
		"404 with another code": {
			reply(404, clerkError("endpoint_not_found", "")),
			fault.ClerkNotFound, "This no longer exists in {server}.", once, "trace123", 0,
		},
		"404 that is not Clerk's": {
			page(404), fault.ClerkAnswer, saysNotClerk, once, "", 0,
		},
		"422 limit": {
			reply(422, clerkError("impersonation_limit_exceeded", `{"limit":5,"used":5}`)),
			fault.LimitExceeded, "All 5 impersonations of this billing period are used.", once, "trace123", 0,
		},
		"429 with seconds": {
			busy("7"), fault.ClerkBusy, "Too many requests. {server} asks us to wait.", thrice, "trace123", 7 * time.Second,
		},
		"429 with a date": {
			busy(noon.Add(9 * time.Second).Format(http.TimeFormat)),
			fault.ClerkBusy, "Too many requests. {server} asks us to wait.", thrice, "trace123", 9 * time.Second,
		},
		"429 without a wait": {
			busy(""), fault.ClerkBusy, "Too many requests. {server} asks us to wait.", thrice, "trace123", busyWait,
		},
		"429 beyond patience": {
			busy("21"), fault.ClerkBusy, "Too many requests. {server} asks us to wait.", once, "trace123", 21 * time.Second,
		},
		"429 huge": {
			busy("99999999999999999999"), fault.ClerkBusy,
			"Too many requests. {server} asks us to wait for more than 10 minutes.", once, "trace123", longestWait,
		},
		"429 that is not Clerk's": {
			page(429), fault.ClerkBusy, "Too many requests. {server} asks us to wait.", thrice, "", busyWait,
		},
		"500": {
			reply(500, clerkError("internal_clerk_error", "")),
			fault.ClerkBroken, "{server} is having problems.", thrice, "trace123", 0,
		},
		"502 with HTML": {
			page(502), fault.ClerkBroken, "{server} is having problems.", thrice, "", 0,
		},
		"503 with a wait": {
			func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Retry-After", "2")
				page(503)(w, r)
			},
			fault.ClerkBroken, "{server} is having problems.", thrice, "", 2 * time.Second,
		},
		"an error in another form": {
			reply(400, `{"error":"`+canaryKey+`"}`), fault.ClerkAnswer, saysNotClerk, once, "", 0,
		},
		"an error with a hostile code and trace": {
			reply(400, `{"errors":[{"code":"`+canaryKey+`\n"}],"clerk_trace_id":"<`+canaryKey+`>"}`),
			fault.ClerkAnswer, saysNotClerk, once, "", 0,
		},
		"closed before the answer": {
			hangUp("", false), fault.ClerkUnreachable, "{server} cannot be reached.", thrice, "", 0,
		},
		"reset before the answer": {
			hangUp("", true), fault.ClerkUnreachable, "{server} cannot be reached.", thrice, "", 0,
		},
		"closed inside the body": {
			hangUp(halfAnAnswer, false), fault.ClerkUnreachable, "{server} cannot be reached.", thrice, "", 0,
		},
		"reset inside the body": {
			hangUp(halfAnAnswer, true), fault.ClerkUnreachable, "{server} cannot be reached.", thrice, "", 0,
		},
		"not HTTP": {
			hangUp(canaryKey+"\r\n\r\n", false), fault.ClerkUnreachable, "{server} cannot be reached.", thrice, "", 0,
		},
		"truncated JSON": {
			reply(200, `{"id":"act_1","status":"pen`), fault.ClerkAnswer, "Unexpected answer from {server}.", once, "", 0,
		},
		"200 with an empty body": {
			reply(200, ""), fault.ClerkAnswer, "Unexpected answer from {server}.", once, "", 0,
		},
		"204": {
			reply(204, ""), fault.ClerkAnswer, "Unexpected answer from {server}.", once, "", 0,
		},
		"200 with null": {
			reply(200, "null"), fault.ClerkAnswer, noID, once, "", 0,
		},
		"200 with {}": {
			reply(200, "{}"), fault.ClerkAnswer, noID, once, "", 0,
		},
		"200 with []": {
			reply(200, "[]"), fault.ClerkAnswer, "Unexpected answer from {server}.", once, "", 0,
		},
		"200 with wrong types": {
			reply(200, `{"id":7,"email_addresses":"none"}`), fault.ClerkAnswer, noID, once, "", 0,
		},
		"200 with an id that is a path": {
			reply(200, `{"id":"../organizations"}`), fault.ClerkAnswer, noID, once, "", 0,
		},
		"captive portal": {
			page(200), fault.ClerkAnswer, saysNotClerk, once, "", 0,
		},
		"304": {
			reply(304, ""), fault.ClerkRedirect, "Something other than {server} answered, often a Wi-Fi sign-in page.", once, "", 0,
		},
		"too many headers": {
			func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Long", strings.Repeat(canaryKey, 10_000))
			},
			fault.ClerkUnreachable, "{server} cannot be reached.", thrice, "", 0,
		},
	}
	for name, test := range cases {
		check := func(t *testing.T, of, host string, err error) {
			t.Helper()
			failure := wantFault(t, err, test.want)
			sentence := test.sentence
			if sentence == noID {
				sentence = "The answer from {server} cannot be used: the ID of the " + of + " is missing or cannot be read."
			}
			sentence = strings.ReplaceAll(sentence, "{server}", host)
			if of == "user" && test.want == fault.PlanLacks {
				sentence = "Your Clerk plan does not include this."
			}
			if got := failure.Sentence(); got != sentence {
				t.Errorf("sentence = %q, want %q", got, sentence)
			}
			if failure.TraceID != test.trace || failure.RetryAfter != test.wait {
				t.Errorf("trace %q, wait %v; want %q, %v", failure.TraceID, failure.RetryAfter, test.trace, test.wait)
			}
			wantNoCanary(t, everyPrint(err))
		}
		t.Run(name+"/GET", func(t *testing.T) {
			s := newServer(t, test.handler)
			client, waited := newClient(t, s.URL, nil)
			_, err := client.GetUser(t.Context(), userID("user_jane"))
			check(t, "user", s.Listener.Addr().String(), err)
			if got := s.count(http.MethodGet); got != test.gets {
				t.Errorf("%d GETs, want %d", got, test.gets)
			}
			var want []time.Duration
			if test.gets == thrice {
				want = []time.Duration{max(test.wait, 200*time.Millisecond), max(test.wait, 400*time.Millisecond)}
			}
			if !slices.Equal(waited.list, want) {
				t.Errorf("waits %v, want %v", waited.list, want)
			}
		})
		t.Run(name+"/POST", func(t *testing.T) {
			s := newServer(t, test.handler)
			client, waited := newClient(t, s.URL, nil)
			token, err := client.CreateActorToken(t.Context(), tokenRequest())
			check(t, "actor token", s.Listener.Addr().String(), err)
			if got := len(s.requests()); got != 1 || len(waited.list) != 0 {
				t.Errorf("%d requests after waits %v, want one POST", got, waited.list)
			}
			if !token.ID.IsZero() || !token.URL.IsZero() {
				t.Errorf("a token came with the failure: %+v", token)
			}
		})
	}
}

// page answers with HTML that repeats the key.
func page(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "<h1>"+r.Header.Get("Authorization")+"</h1>")
	}
}

func busy(retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		reply(429, clerkError("too_many_requests", ""))(w, r)
	}
}

// halfAnAnswer promises more than it holds.
const halfAnAnswer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":"

// hangUp writes raw bytes and closes or resets the connection.
func hangUp(raw string, reset bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = buffered.WriteString(raw)
		_ = buffered.Flush()
		if tcp, ok := conn.(*net.TCPConn); ok && reset {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
}

func TestTheSentenceNamesTheLimit(t *testing.T) {
	cases := map[string]string{
		`{"limit":5,"used":5}`:            "All 5 impersonations of this billing period are used.",
		`{"Limit":5,"Used":5}`:            "All 5 impersonations of this billing period are used.",
		`{"limit":5}`:                     "All 5 impersonations of this billing period are used.",
		`{"limit":1,"used":1}`:            "The one impersonation of this billing period is used.",
		`{"limit":5,"used":7}`:            "All 5 impersonations of this billing period are used.",
		`{"limit":5,"used":3}`:            "3 of 5 impersonations of this billing period are used.",
		`{"limit":0,"used":0}`:            "All impersonations of this billing period are used.",
		`{"limit":"` + canaryKey + `"}`:   "All impersonations of this billing period are used.",
		`{}`:                              "All impersonations of this billing period are used.",
		`null`:                            "All impersonations of this billing period are used.",
		`{"limit":9007199254740993}`:      "All impersonations of this billing period are used.",
		`{"limit":1e30,"used":1}`:         "All impersonations of this billing period are used.",
		`{"limit":5,"used":-1}`:           "All 5 impersonations of this billing period are used.",
		`{"limit":1e30,"used":5}`:         "All impersonations of this billing period are used.",
		`{"limit":5,"used":5,"other":[]}`: "All 5 impersonations of this billing period are used.",
	}
	for meta, want := range cases {
		t.Run(meta, func(t *testing.T) {
			s := newServer(t, reply(422, clerkError("impersonation_limit_exceeded", meta)))
			client, _ := newClient(t, s.URL, nil)
			_, err := client.CreateActorToken(t.Context(), tokenRequest())
			if got := wantFault(t, err, fault.LimitExceeded).Sentence(); got != want {
				t.Errorf("sentence = %q, want %q", got, want)
			}
		})
	}
}
