package browser

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// group is a job object with a browser and everything that it starts:
// https://learn.microsoft.com/windows/win32/procthread/job-objects. The system ends
// all of them when the last handle is gone, and so also when this program is.
type group struct {
	job   windows.Handle
	ended *sync.Once
}

// detach keeps a program from opening a console window. A program outlives the one
// that started it, and files are not inherited.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
}

// inherit hands a browser its pipes and nothing else. It waits until it is in its
// group, so that nothing it starts is outside of that.
func inherit(cmd *exec.Cmd, _ *os.File, theirs *pipes) {
	detach(cmd)
	cmd.SysProcAttr.CreationFlags |= windows.CREATE_SUSPENDED
	if theirs == nil {
		return
	}
	for _, file := range []*os.File{theirs.in, theirs.out} {
		handle := windows.Handle(file.Fd())
		_ = windows.SetHandleInformation(handle, windows.HANDLE_FLAG_INHERIT, windows.HANDLE_FLAG_INHERIT)
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, syscall.Handle(handle))
	}
}

// startGroup starts a program in a group of its own. It ends a program that cannot be
// in a group, before that runs.
func startGroup(cmd *exec.Cmd) (group, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return group{}, fmt.Errorf("job object: %w", err)
	}
	g := group{job, &sync.Once{}}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info))) //nolint:gosec // the API takes an address
	if err != nil {
		g.end()
		return group{}, fmt.Errorf("job object: %w", err)
	}
	if err := cmd.Start(); err != nil {
		g.end()
		return group{}, err //nolint:wrapcheck // launch says which program
	}
	if err := g.take(cmd.Process); err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		g.end()
		return group{}, err
	}
	return g, nil
}

// take puts a program that waits into the group and lets it run.
func (g group) take(p *os.Process) error {
	var failure error
	err := p.WithHandle(func(handle uintptr) {
		failure = windows.AssignProcessToJobObject(g.job, windows.Handle(handle))
	})
	if err != nil || failure != nil {
		return fmt.Errorf("job object: %w, %w", err, failure)
	}
	return resume(uint32(p.Pid)) //nolint:gosec // a pid fits
}

// resume lets a program run that was started suspended: it has one thread.
func resume(pid uint32) error {
	all, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPTHREAD, 0)
	if err != nil {
		return fmt.Errorf("threads: %w", err)
	}
	defer func() { _ = windows.CloseHandle(all) }()
	entry := windows.ThreadEntry32{}
	entry.Size = uint32(unsafe.Sizeof(entry))
	for err = windows.Thread32First(all, &entry); err == nil; err = windows.Thread32Next(all, &entry) {
		if entry.OwnerProcessID != pid {
			continue
		}
		thread, err := windows.OpenThread(windows.THREAD_SUSPEND_RESUME, false, entry.ThreadID)
		if err != nil {
			return fmt.Errorf("thread: %w", err)
		}
		_, err = windows.ResumeThread(thread)
		_ = windows.CloseHandle(thread)
		return err //nolint:wrapcheck // launch says which program
	}
	return fmt.Errorf("threads: %w", err)
}

// end ends what is left of the group.
func (g group) end() {
	g.ended.Do(func() {
		_ = windows.TerminateJobObject(g.job, 1) // it fails when nothing is left, which is what was wanted
		_ = windows.CloseHandle(g.job)
	})
}

// switches tell a browser of its pipes.
func (p *pipes) switches() []string {
	return []string{"--remote-debugging-pipe", fmt.Sprintf("--remote-debugging-io-pipes=%d,%d", p.in.Fd(), p.out.Fd())}
}

// askToEnd ends a browser that is not held at once: its folder is wiped anyway, and
// nothing asks all its windows to close.
func (p *process) askToEnd() { p.end() }

// end ends it and whatever it has started. Of a program of an earlier run that is
// itself alone: its group ended with that run.
func (p *process) end() {
	if !p.isAdopted() {
		p.group.end()
		return
	}
	handle, err := windows.OpenProcess(windows.PROCESS_TERMINATE|windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(p.pid)) //nolint:gosec // a pid fits
	if err != nil {
		return
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	if p.isStill() { // asked while the handle keeps the number from being given anew
		_ = windows.TerminateProcess(handle, 1)
	}
}
