package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"understudy/internal/emulator"
)

func TestParse(t *testing.T) {
	listen, cfg, err := parse(strings.Fields("-listen 127.0.0.1:0 -users 7 -seed 3 -environment production -latency 50ms -jitter 5ms "+
		"-rate-limit -monthly-limit 2 -clock-offset -1h -fault hang -fault error,status=500,times=1"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if listen != "127.0.0.1:0" || cfg.Users != 7 || cfg.Seed != 3 || cfg.Environment != emulator.Production {
		t.Errorf("listen %s, %+v", listen, cfg)
	}
	want := emulator.Scene{Latency: 50 * time.Millisecond, Jitter: 5 * time.Millisecond, RateLimit: true, MonthlyLimit: 2, ClockOffset: -time.Hour}
	if cfg.Scene != want {
		t.Errorf("scene %+v, want %+v", cfg.Scene, want)
	}
	if len(cfg.Faults) != 2 || cfg.Faults[0].Kind != emulator.FaultHang || cfg.Faults[1].Times != 1 {
		t.Errorf("faults %+v", cfg.Faults)
	}
	if err := cfg.Validate(); err != nil {
		t.Error(err)
	}
}

func TestRunRefusesWhatItCannotDo(t *testing.T) {
	for name, c := range map[string]struct {
		args string
		code int
	}{
		"help":           {"-help", 0},
		"unknown flag":   {"-colour red", 2},
		"stray argument": {"users", 2},
		"bad fault":      {"-fault flood", 2},
		"not loopback":   {"-listen 0.0.0.0:0", 1},
		"bad key":        {"-secret-key pk_test_x", 1},
	} {
		var stderr strings.Builder
		if code := run(strings.Fields(c.args), io.Discard, &stderr); code != c.code || stderr.Len() == 0 {
			t.Errorf("%s: exit code %d, want %d; said %q", name, code, c.code, stderr.String())
		}
	}
}
