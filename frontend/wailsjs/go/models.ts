export namespace bridge {
	
	export interface Account {
	    name: string;
	    email: string;
	    enterprise: boolean;
	    addedAt: string;
	    usedAt: string;
	}
	export interface ActorTokenRequest {
	    requestID: string;
	    userID: string;
	    reason: string;
	    override: string;
	    reference: string;
	    linkSeconds: number;
	    sessionMinutes: number;
	    browser: string;
	    mode: string;
	    changesReason: string;
	    land: string;
	}
	export interface AddressCheck {
	    changed: boolean;
	    pinned: string[];
	    now: string[];
	}
	export interface Place {
	    host: string;
	    path: string;
	}
	export interface Allowed {
	    place: Place;
	    reason: string;
	    at: string;
	}
	export interface Value {
	    texts: string[];
	    number?: number;
	    time?: string;
	    sentences: Sentence[];
	}
	export interface Sentence {
	    key: string;
	    with: Record<string, Value>;
	}
	export interface Browser {
	    id: string;
	    name: string;
	    isolated: boolean;
	    chosen: boolean;
	    barrier?: Sentence;
	    unheld: string;
	}
	export interface UserRow {
	    id: string;
	    name: string;
	    email: string;
	    contact: string;
	    username: string;
	    initials: string;
	    picture: string;
	    lastSignInAt: string;
	    lastSignInUnread: boolean;
	    createdAt: string;
	    banned: boolean;
	    locked: boolean;
	    deprovisioned: boolean;
	    self: boolean;
	    unreadable: boolean;
	}
	export interface UsersPage {
	    pinnedAt: number;
	    index: number;
	    rows: UserRow[];
	    last: boolean;
	    total: number;
	    aboveID: string;
	    belowID: string;
	}
	export interface Operator {
	    id: string;
	    name: string;
	    email: string;
	    outside: boolean;
	    verified: boolean;
	    verifiedAt: string;
	    verifiedUntil: string;
	}
	export interface Instance {
	    id: string;
	    name: string;
	    environment: string;
	    keyHint: string;
	    frontendAPI: string;
	    fingerprint: string;
	    color: string;
	    inMemory: boolean;
	}
	export interface Connection {
	    canceled: boolean;
	    instance: Instance;
	    operator: Operator;
	    users?: UsersPage;
	}
	export interface Contact {
	    value: string;
	    verified: boolean;
	    primary: boolean;
	    addedAt: string;
	}
	export interface View {
	    query: string;
	    sort: string;
	    descending: boolean;
	    pinnedAt: number;
	}
	export interface CountRequest {
	    requestID: string;
	    view: View;
	    newer: boolean;
	}
	export interface DiagnosticsPart {
	    name: string;
	    state: string;
	    detail: string;
	    text: string;
	}
	export interface Diagnostics {
	    parts: DiagnosticsPart[];
	    bytes: number;
	}
	
	export interface EndResult {
	    ended: number;
	    failed: number;
	}
	export interface HistoryFilter {
	    query: string;
	    since: string;
	    until: string;
	    userID: string;
	    operatorID: string;
	    instanceID: string;
	    result: string;
	    upTo: number;
	}
	export interface ExportRequest {
	    format: string;
	    narrowed: boolean;
	    filter: HistoryFilter;
	}
	export interface Finding {
	    rule: string;
	    effect: string;
	    name: Sentence;
	    sentence: Sentence;
	    until: string;
	}
	export interface HeadComparison {
	    state: string;
	    head: string;
	    message: string;
	}
	export interface HeldBack {
	    place: Place;
	    method: string;
	    count: number;
	    last: string;
	}
	export interface HistoryEntry {
	    id: string;
	    time: string;
	    userID: string;
	    operatorID: string;
	    operatorVerified: boolean;
	    instanceID: string;
	    reason: string;
	    override: string;
	    reference: string;
	    result: string;
	    until: string;
	    code: string;
	    length: number;
	    outcome: string;
	    sent: number;
	    seqs: number[];
	}
	export interface History {
	    entries: HistoryEntry[];
	    next: string;
	    reached: string;
	}
	export interface HistoryChoices {
	    operators: string[];
	    instances: string[];
	}
	
	
	export interface HistoryRecord {
	    seq: number;
	    time: string;
	    event: string;
	    code: string;
	    hash: string;
	    prev: string;
	    operatorID: string;
	    remembered: string;
	    reason: string;
	    path: string;
	    host: string;
	    until: string;
	    mode: string;
	}
	export interface HistoryRecords {
	    records: HistoryRecord[];
	    anchor: string;
	}
	export interface HistoryRequest {
	    filter: HistoryFilter;
	    cursor: string;
	    limit: number;
	}
	export interface Watching {
	    watched: boolean;
	    mode: string;
	    changesUntil: string;
	    signIn: string;
	    signInCode: string;
	    sent: number;
	    heldBackAll: number;
	    heldBack: HeldBack[];
	    heldBackMore: number;
	    refused: string[];
	    allowed: Allowed[];
	}
	export interface Problem {
	    code: string;
	    message: Sentence;
	    next?: Sentence;
	    retry: boolean;
	    traceID: string;
	    retryAfterMS: number;
	    request: string;
	    status: number;
	    call: string;
	}
	export interface Impersonation {
	    id: string;
	    userID: string;
	    userName: string;
	    userEmail: string;
	    reason: string;
	    reference: string;
	    state: string;
	    problem?: Problem;
	    waiting: string[];
	    ended: string;
	    browser: string;
	    createdAt: string;
	    linkExpiresAt: string;
	    sessionEndsAt: string;
	    idleEndsAt: string;
	    lastActiveAt: string;
	    endedAt: string;
	    watching: Watching;
	}
	
	export interface OtherImpersonation {
	    sessionID: string;
	    userID: string;
	    operatorID: string;
	    own: boolean;
	    foreign: boolean;
	    tool: string;
	    reference: string;
	    browser: string;
	    place: string;
	    createdAt: string;
	    sessionEndsAt: string;
	    idleEndsAt: string;
	    lastActiveAt: string;
	    waiting: string[];
	}
	export interface Live {
	    checkedAt: string;
	    following: boolean;
	    items: Impersonation[];
	    others: OtherImpersonation[];
	    problem?: Problem;
	}
	export interface Locked {
	    instance: Instance;
	    running: Impersonation[];
	}
	export interface Membership {
	    id: string;
	    name: string;
	    role: string;
	}
	
	export interface Organization {
	    id: string;
	    name: string;
	    slug: string;
	}
	
	export interface Passkey {
	    name: string;
	    usedAt: string;
	}
	
	
	export interface ReportRow {
	    method: string;
	    host: string;
	    path: string;
	    status: number;
	    count: number;
	    bytes: number;
	    first: string;
	    last: string;
	}
	export interface Report {
	    pages: ReportRow[];
	    sent: ReportRow[];
	    heldBack: ReportRow[];
	    refused: ReportRow[];
	    files: ReportRow[];
	    uncounted: number;
	}
	
	export interface Rules {
	    sign_in: settings.SignIn;
	    permission: settings.Permission;
	    protected: settings.Protected;
	    reason: settings.Reason;
	    longest_session_minutes: number;
	    monthly_quota: number;
	    forbid_copying_links: boolean;
	    changes: settings.Changes;
	    managed: string[];
	}
	export interface Searches {
	    pinned: string[];
	    recent: string[];
	}
	
	export interface Settings {
	    theme: string;
	    density: string;
	    session_minutes: number;
	    link_seconds: number;
	    reason_always: boolean;
	    zoom: number;
	    show_pictures: boolean;
	    columns: settings.Column[];
	    lock_minutes: number;
	    managed: string[];
	}
	export interface SignIn {
	    clientID: string;
	    required: boolean;
	    name: string;
	    redirectURIs: string[];
	    scopes: string[];
	}
	export interface SignedIn {
	    operator: Operator;
	    problem?: Problem;
	}
	export interface Start {
	    version: string;
	    os: string;
	    keychain: string;
	    apiURL: string;
	    apiManaged: boolean;
	    sample: boolean;
	    selected: string;
	    locked: boolean;
	    problem?: Problem;
	    instances: Instance[];
	    settings: Settings;
	    opened?: Connection;
	}
	export interface UserDetail {
	    row: UserRow;
	    externalID: string;
	    emails: Contact[];
	    phones: Contact[];
	    wallets: Contact[];
	    accounts: Account[];
	    passkeys: Passkey[];
	    twoFactor: boolean;
	    totp: boolean;
	    backupCodes: boolean;
	    password: boolean;
	    lockedUntil: string;
	    lastActiveAt: string;
	    updatedAt: string;
	    publicMetadata: string;
	    unsafeMetadata: string;
	}
	export interface UserName {
	    id: string;
	    name: string;
	}
	
	export interface UserSession {
	    id: string;
	    browser: string;
	    device: string;
	    mobile: boolean;
	    place: string;
	    impersonated: boolean;
	    operatorID: string;
	    createdAt: string;
	    lastActiveAt: string;
	    waiting: string[];
	}
	
	export interface UsersRequest {
	    requestID: string;
	    view: View;
	    index: number;
	    afterID: string;
	    beforeID: string;
	    total: number;
	}
	
	export interface Verification {
	    state: string;
	    records: number;
	    since: string;
	    line: number;
	    message: string;
	    clock: string;
	    checkedAt: string;
	}
	

}

export namespace settings {
	
	export interface Changes {
	    default: string;
	    allow: string;
	    minutes: number;
	    paths: string[];
	    hosts: string[];
	    hold_graphql: boolean;
	}
	export interface ChangesPatch {
	    default?: string;
	    allow?: string;
	    minutes?: number;
	    paths?: string[];
	    hosts?: string[];
	    hold_graphql?: boolean;
	}
	export interface Column {
	    id: string;
	    width: number;
	    hidden: boolean;
	    by_room: boolean;
	}
	export interface Permission {
	    organization: string;
	    name: string;
	    hide_table: boolean;
	}
	export interface PermissionPatch {
	    organization?: string;
	    name?: string;
	    hide_table?: boolean;
	}
	export interface PreferencesPatch {
	    theme?: string;
	    density?: string;
	    session_minutes?: number;
	    link_seconds?: number;
	    reason_always?: boolean;
	    zoom?: number;
	    show_pictures?: boolean;
	    columns?: Column[];
	    lock_minutes?: number;
	}
	export interface Protected {
	    roles: string[];
	    roles_effect: string;
	    domains: string[];
	    domains_effect: string;
	    metadata: Record<string, Array<string>>;
	    metadata_effect: string;
	    blocked_effect: string;
	}
	export interface ProtectedPatch {
	    roles?: string[];
	    roles_effect?: string;
	    domains?: string[];
	    domains_effect?: string;
	    metadata?: Record<string, Array<string>>;
	    metadata_effect?: string;
	    blocked_effect?: string;
	}
	export interface Reason {
	    pattern: string;
	    hint: string;
	    reference: string;
	    address: string;
	}
	export interface ReasonPatch {
	    pattern?: string;
	    hint?: string;
	    reference?: string;
	    address?: string;
	}
	export interface SignInPatch {
	    required?: boolean;
	    hours?: number;
	    client_id?: string;
	    after_lock?: boolean;
	}
	export interface RulesPatch {
	    sign_in?: SignInPatch;
	    permission?: PermissionPatch;
	    protected?: ProtectedPatch;
	    reason?: ReasonPatch;
	    longest_session_minutes?: number;
	    monthly_quota?: number;
	    forbid_copying_links?: boolean;
	    changes?: ChangesPatch;
	}
	export interface SignIn {
	    required: boolean;
	    hours: number;
	    client_id: string;
	    after_lock: boolean;
	}

}

