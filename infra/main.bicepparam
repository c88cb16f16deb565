// What this installation is given. Each value is a variable of the environment: of azd's (`azd env set NAME VALUE`), or of your shell.
// Source: Learn, "Use Azure Developer CLI environment variables" (read 2026-11).
using './main.bicep'

param name = readEnvironmentVariable('ROLLCALL_NAME', 'rollcall')
param nodeVersion = readEnvironmentVariable('ROLLCALL_NODE_VERSION', '24')
// servicePrincipalId/jobId of each source's provisioning job, with commas between them.
param jobs = filter(split(readEnvironmentVariable('ROLLCALL_JOBS', ''), ','), job => !empty(job))
param licence = readEnvironmentVariable('ROLLCALL_LICENCE', 'premium')
param retentionDays = int(readEnvironmentVariable('ROLLCALL_RETENTION_DAYS', '90'))
param storageRedundancy = readEnvironmentVariable('ROLLCALL_STORAGE_REDUNDANCY', 'Standard_ZRS')
param maximumInstanceCount = int(readEnvironmentVariable('ROLLCALL_MAXIMUM_INSTANCES', '40'))
param alwaysReadyInstances = int(readEnvironmentVariable('ROLLCALL_ALWAYS_READY_INSTANCES', '0'))
param credential = readEnvironmentVariable('ROLLCALL_CREDENTIAL', 'managed-identity')
param applicationId = readEnvironmentVariable('ROLLCALL_APPLICATION_ID', '')
param privateNetwork = bool(readEnvironmentVariable('ROLLCALL_PRIVATE_NETWORK', 'false'))
param networkAddresses = readEnvironmentVariable('ROLLCALL_NETWORK_ADDRESSES', '10.77.0.0/24')
param hrGroupId = readEnvironmentVariable('ROLLCALL_HR_GROUP_ID', '')
param identityTeamGroupId = readEnvironmentVariable('ROLLCALL_IDENTITY_TEAM_GROUP_ID', '')
param sftp = bool(readEnvironmentVariable('ROLLCALL_SFTP', 'false'))
// A JSON array of { "name": …, "source": …, "publicKey": … }.
param sftpUsers = json(readEnvironmentVariable('ROLLCALL_SFTP_USERS', '[]'))
param logStorageAccess = bool(readEnvironmentVariable('ROLLCALL_LOG_STORAGE_ACCESS', 'false'))
param appDiagnostics = bool(readEnvironmentVariable('ROLLCALL_APP_DIAGNOSTICS', 'true'))
param appIsDeployed = bool(readEnvironmentVariable('ROLLCALL_APP_IS_DEPLOYED', 'false'))
param alertMails = json(readEnvironmentVariable('ROLLCALL_ALERT_MAILS', '[]'))
param alertWebhook = readEnvironmentVariable('ROLLCALL_ALERT_WEBHOOK', '')
param alertFailedPercent = int(readEnvironmentVariable('ROLLCALL_ALERT_FAILED_PERCENT', '5'))
param alertUnconfirmedHours = int(readEnvironmentVariable('ROLLCALL_ALERT_UNCONFIRMED_HOURS', '6'))
