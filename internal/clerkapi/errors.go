package clerkapi

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strings"

	"github.com/clerk/clerk-sdk-go/v2"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// traceHeader names Clerk's trace id on answers that are not errors.
const traceHeader = "Clerk-Trace-Id"

// meaning says what one of Clerk's errors is in the light of the request that
// got it; "" leaves it to the general rules.
type meaning func(clerk.Error) fault.Code

// noSpecialMeaning is for requests that the general rules suffice for.
func noSpecialMeaning(clerk.Error) fault.Code { return "" }

// aboutUser is for requests about one user.
func aboutUser(e clerk.Error) fault.Code {
	if e.Code == codeNotFound {
		return fault.UserGone
	}
	return ""
}

// Clerk's codes that more than one place looks at.
const (
	codeNotFound     = "resource_not_found"
	codeParamMissing = "form_param_missing"
	codeParamInvalid = "form_param_value_invalid"
)

// explain turns what went wrong with r into a failure of the catalogue. ctx is
// the caller's: its end goes before everything else, since what follows from it
// on the connection is only its echo.
func (c *Client) explain(ctx context.Context, r request, err error) *fault.Error {
	status := 0
	if refused, answered := errors.AsType[*refusalError](err); answered {
		status = refused.status
	}
	failure := c.meaningOf(ctx, r, err).AnsweredBy(c.host).WithRequest(r.shape(), status)
	if _, unsent := errors.AsType[unsentError](err); unsent {
		return failure.AsUndone()
	}
	return failure
}

func (c *Client) meaningOf(ctx context.Context, r request, err error) *fault.Error {
	if ctx.Err() != nil {
		return fault.From(ctx.Err())
	}
	var refused *refusalError
	switch {
	case errors.As(err, &refused):
		return c.explainRefusal(refused, r)
	case errors.Is(err, errRedirect):
		return fault.New(fault.ClerkRedirect, errRedirect)
	case errors.Is(err, errTooBig):
		return fault.New(fault.ClerkAnswerTooBig, errTooBig)
	case errors.Is(err, errHTML):
		return fault.New(fault.ClerkAnswer, errHTML).Saying(notClerk())
	default:
		return ConnectionFault(err)
	}
}

// ConnectionFault says why a request to Clerk got no answer, in words that hold
// nothing of the request.
func ConnectionFault(err error) *fault.Error {
	var (
		certificate *tls.CertificateVerificationError
		network     net.Error
	)
	switch {
	case errors.As(err, &certificate):
		return fault.New(fault.ClerkCertificate, certificate)
	case errors.Is(err, http.ErrSchemeMismatch):
		return fault.New(fault.ClerkCertificate, http.ErrSchemeMismatch)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return fault.New(fault.ClerkTimeout, context.DeadlineExceeded)
	default:
		return fault.New(fault.ClerkUnreachable, connectionCause(err))
	}
}

// notClerk is said of a web page where Clerk's answer should be.
func notClerk() sentence.Sentence { return sentence.Of("clerk_answer.not_clerk") }

// connectionCause keeps of err what this computer's network says. Anything else
// is named by its type: *url.Error holds the query, and a protocol error quotes
// what the server sent.
func connectionCause(err error) error {
	if operation, isNetwork := errors.AsType[*net.OpError](err); isNetwork {
		return operation
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return fmt.Errorf("the connection failed with a %T", err)
}

// explainRefusal goes by Clerk's code where there is one that it knows, and by
// the status elsewhere.
func (c *Client) explainRefusal(refused *refusalError, r request) *fault.Error {
	// The cause is text and numbers alone: the refusal holds what the server
	// wrote, which may quote the key or an email address.
	cause := errors.New(refused.Error())
	failure := fault.New(statusMeaning(refused), cause)
	for _, e := range refused.errors {
		if code := cmp.Or(r.meaning(e), generalMeaning(e)); code != "" {
			failure = fault.New(code, cause)
			if quota, told := quotaOf(e.Meta); told && code == fault.LimitExceeded {
				failure = fault.New(code, &quota).Saying(quota.says())
			}
			break
		}
	}
	if failure.Code == fault.ClerkAnswer {
		failure = failure.Saying(notClerk())
	}
	if refused.isClerks() {
		failure = failure.AsUndone()
	}
	if failure.Code == fault.PlanLacks && r.path != "actor_tokens" {
		failure = failure.Saying(sentence.Of("plan_lacks_impersonation.feature"))
	}
	return withRetryAfter(failure, refused.retryAfter, c.now()).WithTrace(refused.traceID)
}

// isClerks reports whether Clerk itself says that it did not do what was asked.
// Something in between may answer for it after it did, and so may its own 5xx.
func (r *refusalError) isClerks() bool {
	return len(r.errors) > 0 && r.status < http.StatusInternalServerError && r.status != http.StatusRequestTimeout
}

// generalMeaning is the meaning of the codes that stand for the same thing
// wherever they appear (https://clerk.com/docs/errors/backend-api).
func generalMeaning(e clerk.Error) fault.Code {
	switch e.Code {
	case "clerk_key_invalid", "authorization_header_format_invalid":
		return fault.KeyRefused
	case codeNotFound:
		return fault.ClerkNotFound
	case codeParamMissing, codeParamInvalid:
		return fault.ClerkRefused
	case "unsupported_subscription_plan_features":
		return fault.PlanLacks
	case "impersonation_limit_exceeded":
		return fault.LimitExceeded
	case "too_many_requests":
		return fault.ClerkBusy
	case "internal_clerk_error":
		return fault.ClerkBroken
	case "resource_locked":
		return fault.ClerkLocked
	case "api_version_invalid", "operation_deprecated":
		return fault.AppOutdated
	case "organization_not_enabled_in_instance":
		return fault.OrganizationsOff
	case "deprovisioned":
		return fault.UserDeprovisioned
	case "user_banned":
		return fault.UserBanned
	case "user_locked":
		return fault.UserLocked
	default:
		return ""
	}
}

// statusMeaning is for codes not known here, and for answers of something between
// here and Clerk: its 5xx and 429 mean the same, its other refusals are not
// Clerk's word.
func statusMeaning(refused *refusalError) fault.Code {
	switch status := refused.status; {
	case status >= http.StatusInternalServerError:
		return fault.ClerkBroken
	case status == http.StatusTooManyRequests:
		return fault.ClerkBusy
	case len(refused.errors) == 0:
		return fault.ClerkAnswer
	case status == http.StatusUnauthorized:
		return fault.KeyRefused
	case status == http.StatusPaymentRequired:
		return fault.PlanLacks
	case status == http.StatusForbidden:
		return fault.ClerkForbidden
	case status == http.StatusNotFound:
		return fault.ClerkNotFound
	case status == http.StatusGone:
		return fault.AppOutdated
	default:
		return fault.ClerkRefused
	}
}

// parameter is the name of the request's field that e is about, "" if it does
// not say.
func parameter(e clerk.Error) string {
	var meta struct {
		ParamName string `json:"param_name"`
	}
	if err := json.Unmarshal(e.Meta, &meta); err != nil {
		return ""
	}
	return meta.ParamName
}

// QuotaError is what Clerk says of the billing period's impersonations when it refuses
// one more. It is in the chain of a fault.LimitExceeded.
type QuotaError struct {
	Limit int64 // at least 1
	Used  int64 // as many as the limit where Clerk does not say
}

func (e *QuotaError) Error() string {
	return fmt.Sprintf("%d of %d impersonations of the billing period are used", e.Used, e.Limit)
}

// maxQuota is far above any plan's, and low enough to count with.
const maxQuota = 1<<53 - 1

// quotaOf reads the meta of that refusal, if it tells the limit. encoding/json
// matches names in any case, and Clerk writes these in either.
func quotaOf(raw json.RawMessage) (quota QuotaError, told bool) {
	var meta struct {
		Limit *int64 `json:"limit"`
		Used  *int64 `json:"used"`
	}
	if err := json.Unmarshal(raw, &meta); err != nil || meta.Limit == nil || *meta.Limit < 1 || *meta.Limit > maxQuota {
		return QuotaError{}, false
	}
	if meta.Used == nil || *meta.Used < 0 || *meta.Used > maxQuota {
		return QuotaError{Limit: *meta.Limit, Used: *meta.Limit}, true
	}
	return QuotaError{Limit: *meta.Limit, Used: *meta.Used}, true
}

func (e *QuotaError) says() sentence.Sentence {
	switch {
	case e.Used < e.Limit:
		return sentence.Of("impersonation_limit.some", "used", e.Used, "limit", e.Limit)
	case e.Limit == 1:
		return sentence.Of("impersonation_limit.one")
	default:
		return sentence.Of("impersonation_limit.all", "limit", e.Limit)
	}
}

var traceIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

// parseTraceID returns "" for what is not an id: it is shown and copied.
func parseTraceID(s string) string {
	if !traceIDForm.MatchString(s) {
		return ""
	}
	return s
}

// isCode reports whether a code is written as Clerk writes its own, and is fit for
// a log line.
func isCode(code string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
	return code != "" && len(code) <= 64 && strings.Trim(code, letters) == ""
}
