package emulator

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"sync"
)

// signingKey signs ID tokens. It is made when first needed, at random: nothing of
// a sample workspace has to be verified after it is gone.
type signingKey struct {
	once sync.Once
	key  *rsa.PrivateKey
	err  error
}

const signingKeyBits = 2048

func (k *signingKey) private() (*rsa.PrivateKey, error) {
	k.once.Do(func() { k.key, k.err = rsa.GenerateKey(rand.Reader, signingKeyBits) })
	return k.key, k.err
}

// sign returns a JWT with the RS256 signature of RFC 7518, section 3.3.
func (k *signingKey) sign(keyID string, claims any) (string, error) {
	key, err := k.private()
	if err != nil {
		return "", fmt.Errorf("signing key: %w", err)
	}
	header, _ := json.Marshal(map[string]string{"alg": "RS256", "typ": "JWT", "kid": keyID}) // strings always encode
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("claims: %w", err)
	}
	signed := encodeSegment(header) + "." + encodeSegment(payload)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return signed + "." + encodeSegment(signature), nil
}

func encodeSegment(part []byte) string { return base64.RawURLEncoding.EncodeToString(part) }

type jwk struct {
	KeyID     string `json:"kid"`
	Algorithm string `json:"alg"`
	Use       string `json:"use"`
	Type      string `json:"kty"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
}

// getKeys answers /.well-known/jwks.json.
func (s *Server) getKeys(w http.ResponseWriter, _ *http.Request) *apiError {
	key, err := s.signing.private()
	if err != nil {
		return errInternal(err)
	}
	writeJSON(w, http.StatusOK, map[string][]jwk{"keys": {{
		KeyID: s.keyID(), Algorithm: "RS256", Use: "sig", Type: "RSA",
		Modulus:  encodeSegment(key.N.Bytes()),
		Exponent: encodeSegment(big.NewInt(int64(key.E)).Bytes()),
	}}})
	return nil
}

// keyID names the signing key after the instance, as Clerk does.
func (s *Server) keyID() string { return s.instanceID(s.cfg.Environment) }
