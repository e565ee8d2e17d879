package audit

// Watch tells, while the history is exported, how many percent of the work is
// done: each number once, from 1 to 100, on the goroutine that exports.
func (h History) Watch(told func(percent int)) History {
	h.told = told
	return h
}

// meter counts the bytes that an export has read of the log. nil counts nothing.
type meter struct {
	done, total int64
	percent     int
	told        func(percent int)
}

// metered has its files count what is read of them, which is all of it, so many
// times.
func (h History) metered(times int64) History {
	if h.told == nil {
		return h
	}
	counting := &meter{told: h.told}
	files := make([]extent, len(h.files))
	for i, file := range h.files {
		counting.total += times * file.size
		file.meter = counting
		files[i] = file
	}
	h.files = files
	return h
}

func (m *meter) add(bytes int64) {
	if m == nil {
		return
	}
	m.done += bytes
	if percent := int(100 * m.done / m.total); percent > m.percent {
		m.percent = percent
		m.told(percent)
	}
}
