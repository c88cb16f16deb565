// What Azure itself measures and logs of storage, events, app and vault: into the same workspace as the events of the product.
// Categories: as public templates have them (docs/reference/azure-functions.md §D.11).
param workspaceId string
param storageName string
param topicName string
param appName string

@description('Empty: there is no vault.')
param vaultName string

@description('Who reads and writes which blob, message and entity. Holds names of files, keys of entities and sign-in names.')
param logStorageAccess bool

@description('Whether the app takes a diagnostic setting. Learn said until 2025 that one on Flex Consumption does not.')
param appDiagnostics bool

var transactions = [{ category: 'Transaction', enabled: true }]
var allMetrics = [{ category: 'AllMetrics', enabled: true }]
var access = [
  { category: 'StorageRead', enabled: logStorageAccess }
  { category: 'StorageWrite', enabled: logStorageAccess }
  { category: 'StorageDelete', enabled: logStorageAccess }
]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }

  resource queues 'queueServices' existing = {
    name: 'default'
  }

  resource tables 'tableServices' existing = {
    name: 'default'
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = if (!empty(vaultName)) {
  name: empty(vaultName) ? 'none' : vaultName
}

resource ofBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'rollcall'
  scope: account::blobs
  properties: { workspaceId: workspaceId, metrics: transactions, logs: access }
}

resource ofQueues 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'rollcall'
  scope: account::queues
  properties: { workspaceId: workspaceId, metrics: transactions, logs: access }
}

resource ofTables 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'rollcall'
  scope: account::tables
  properties: { workspaceId: workspaceId, metrics: transactions, logs: access }
}

// Each event that Event Grid could not deliver, and why.
resource ofTopic 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'rollcall'
  scope: topic
  properties: {
    workspaceId: workspaceId
    metrics: allMetrics
    logs: [{ category: 'DeliveryFailures', enabled: true }]
  }
}

// What the host says, also when no exporter has started: such as why an app does not start. host.json decides what is logged here, too.
resource ofApp 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (appDiagnostics) {
  name: 'rollcall'
  scope: site
  properties: {
    workspaceId: workspaceId
    metrics: allMetrics
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
  }
}

// Who has read the secret.
resource ofVault 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(vaultName)) {
  name: 'rollcall'
  scope: vault
  properties: {
    workspaceId: workspaceId
    metrics: allMetrics
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}
