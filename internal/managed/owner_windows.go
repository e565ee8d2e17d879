package managed

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// system is where the policy of this computer is.
func system() (File, error) {
	programData, err := windows.KnownFolderPath(windows.FOLDERID_ProgramData, windows.KF_FLAG_DEFAULT)
	if err != nil {
		return File{}, fmt.Errorf("find ProgramData: %w", err)
	}
	return File{Path: pathOn("windows", programData)}, nil
}

// trust refuses what does not belong to the administrators or to the system:
// every user may make folders in ProgramData.
func (File) trust(file *os.File, what string) error {
	descriptor, err := windows.GetSecurityInfo(windows.Handle(file.Fd()), windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return fmt.Errorf("look at the owner: %w", err)
	}
	owner, _, err := descriptor.Owner()
	if err != nil {
		return fmt.Errorf("look at the owner: %w", err)
	}
	if !owner.IsWellKnown(windows.WinBuiltinAdministratorsSid) && !owner.IsWellKnown(windows.WinLocalSystemSid) {
		return placeError(what + " does not belong to the administrators")
	}
	return nil
}
