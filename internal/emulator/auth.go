package emulator

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// keyForm is what Clerk's secret keys look like. Real ones have 42 characters
// after the prefix; a few less are accepted for the keys that tests make up.
var keyForm = regexp.MustCompile(`^sk_(test|live)_[A-Za-z0-9]{10,128}$`)

func wellFormedKey(key string) bool { return keyForm.MatchString(key) }

// Requests that an instance may make in each window of ten seconds
// (https://clerk.com/docs/backend-requests/resources/rate-limits).
const (
	rateWindow       = 10 * time.Second
	developmentLimit = 100
	productionLimit  = 1000
)

// authenticate checks the key of a Backend API call and says which kind of
// instance the caller sees.
func (s *Server) authenticate(r *http.Request) (environment string, refused *apiError) {
	scheme, key, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || key == "" {
		return "", &apiError{
			http.StatusUnauthorized, "authorization_header_format_invalid", "Invalid Authorization header format",
			"Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'", nil,
		}
	}
	environment = s.cfg.Environment
	keyEnvironment := Development
	if strings.HasPrefix(key, "sk_live_") {
		keyEnvironment = Production
	}
	if environment == "" {
		environment = keyEnvironment
	}
	if !wellFormedKey(key) || environment != keyEnvironment || s.cfg.SecretKey != "" && key != s.cfg.SecretKey {
		return "", &apiError{
			http.StatusUnauthorized, "clerk_key_invalid", "The provided Clerk Secret Key is invalid.",
			"The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.", nil,
		}
	}
	return environment, nil
}

// limit counts a call against its window. Beyond the limit it answers 429 with
// the seconds until the next window begins.
func (s *Server) limit(w http.ResponseWriter, environment string) *apiError {
	allowed := developmentLimit
	if environment == Production {
		allowed = productionLimit
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.scene.RateLimit {
		return nil
	}
	now := s.nowLocked()
	if now.Sub(s.windowStart) >= rateWindow || now.Before(s.windowStart) {
		s.windowStart, s.windowCalls = now, 0
	}
	s.windowCalls++
	if s.windowCalls <= allowed {
		return nil
	}
	wait := rateWindow - now.Sub(s.windowStart)
	w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	return &apiError{
		http.StatusTooManyRequests, "too_many_requests", "Too many requests",
		"Too many requests. Please try again in a bit.", nil,
	}
}
