// Package emulator is a stand-in for Clerk: the Backend API, the part of the
// Frontend API that accepts tickets, and an invented app whose users can be
// impersonated. It serves the sample workspace, the tests and the benchmarks, in
// the process of whoever starts it and on the loopback address only.
//
// Users are not stored. What is known of one follows from the seed and an index,
// so that a million cost nothing until they are looked at, and the same seed
// always gives the same people. Orders other than by creation cost four bytes for
// each user once they have been asked for.
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
package emulator
