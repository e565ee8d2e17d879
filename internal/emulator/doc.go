// Package emulator is a stand-in for Clerk. It has the Backend API, the parts of the
// Frontend API that accept tickets, keep browsers signed in and sign operators in,
// and an invented app with users to impersonate. The app's invoices can be read,
// searched, changed and followed live (package invoices). It serves the sample workspace, the tests and the
// benchmarks. It runs in the process that starts it, on the loopback address only.
// Every answer is checked against Clerk's own OpenAPI files by the tests, and
// Clerk's own clients are run against it (folder clients).
//
// Users are not stored. A user follows from the seed and an index, so a million
// cost nothing until they are looked at. The same seed always gives the same people.
// Orders other than by creation cost four bytes for each user once they have been
// asked for.
//
// # Controls
//
// Besides the Go methods of [Server], these paths set and show what is going on
// while the stand-in runs. They need no key, and no latency or fault applies.
//
//	GET    /__emulator/scene      how things stand, see Scene
//	PATCH  /__emulator/scene      change the fields that the body names
//	POST   /__emulator/faults     break answers, see Fault
//	DELETE /__emulator/faults     make all answers whole again
//	GET    /__emulator/sessions   every session there has been
//	GET    /__emulator/requests   what was asked
//	DELETE /__emulator/requests   forget what was asked
//
// # What it does not do
//
//	at Clerk                                   here
//	creating, changing and deleting users      only ban, unban, lock and unlock
//	the sign-in page completes a ticket        only with the scene sign_in_page; otherwise accepting
//	                                           it signs in at once and leads to the app
//	a refused ticket shows JSON                a page to a browser, JSON to a program
//	session tokens (JWTs of 60 seconds)        given to whoever asks; the app's page asks the server
//	users change their account below /v1/me    only end their own session
//	tickets are signed with RS256              with HMAC; ID tokens are signed with RS256
//	passwords, codes, passkeys                 whoever sits at the browser says who they are
//	refresh, introspection, revocation of      only the authorization code grant and access
//	OAuth tokens; JWT access tokens            tokens without meaning
//	counting a filter on a big instance takes  a second at most
//	minutes, deep offsets time out
//	the month begins anew                      used impersonations are counted from the start
//	several domains, satellites, proxies       one domain, its own address
//	TLS                                        plain http; a client's tests of bad
//	                                           certificates need a listener of their own
package emulator
