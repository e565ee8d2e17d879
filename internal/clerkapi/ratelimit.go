package clerkapi

import (
	"context"

	"golang.org/x/time/rate"

	"understudy/internal/secret"
)

// Clerk allows an instance 100 requests in 10 seconds in development and 1000
// in production (https://clerk.com/docs/backend-requests/resources/rate-limits).
// They are spent evenly, with up to a second's worth at once.
const (
	developmentRate = 10
	productionRate  = 100
)

func newBucket(environment secret.Environment) *rate.Limiter {
	if environment == secret.Production {
		return rate.NewLimiter(productionRate, productionRate)
	}
	return rate.NewLimiter(developmentRate, developmentRate)
}

// take waits until the bucket has a token and takes it. A wait that ctx ends
// gives the token back.
func (c *Client) take(ctx context.Context) error {
	now := c.now()
	token := c.bucket.ReserveN(now, 1)
	wait := token.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	c.onWait(wait)
	if err := c.sleep(ctx, wait); err != nil {
		token.CancelAt(c.now())
		return err
	}
	return nil
}
