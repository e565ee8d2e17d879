// Asks Go for what to show first, before the script that shows it is even read:
// the engine takes longer for that than Go does to answer. backend/wails.ts
// takes the answer.
window.understudyStart = window.go.main.App.Start();
