package desktop

import "golang.org/x/sys/windows"

// Alert shows a sentence in a box of its own, for a program that was started without
// a terminal, and returns when it is closed.
func Alert(sentence string) error {
	title, err := windows.UTF16PtrFromString("Understudy")
	if err != nil {
		return err //nolint:wrapcheck // cannot be
	}
	text, err := windows.UTF16PtrFromString(sentence)
	if err != nil {
		return err //nolint:wrapcheck // a NUL in the sentence
	}
	_, err = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	return err //nolint:wrapcheck // nobody is left to tell
}
