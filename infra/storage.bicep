// The storage account: the product's only database. Shared keys are off. Names are those of STORAGE_NAMES in shared/storage/azure-storage.ts.
param name string
param location string
param redundancy string
param retentionDays int

@description('An SFTP endpoint, which needs a hierarchical namespace: ADR 0048 has what that changes.')
param sftp bool

@description('No public address: only private endpoints, and the trusted services of Azure, lead here.')
param isPrivate bool

var containers = ['inbound', 'sources', 'runs', 'evidence', 'rosters', 'reports', 'undelivered']
var queues = ['arrivals', 'deliveries', 'events', 'arrivals-poison', 'deliveries-poison', 'events-poison', 'webjobs-blobtrigger-poison']
var tables = ['runs', 'batches', 'gates']
// Where Flex Consumption takes the app's package from; not the product's. Source: docs/reference/azure-functions.md §D.10.
var deployContainer = 'deploy'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    // SFTP needs a hierarchical namespace, and users of SFTP are local users: ADR 0048, with its pages.
    isHnsEnabled: sftp
    isLocalUserEnabled: sftp
    isSftpEnabled: sftp
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Event Grid is one of the trusted services: it may write to queues behind the firewall. What is trusted stays so when public access
      // is disabled. Source: Learn, "Azure Storage firewall: trusted Azure services" and "limitations and restrictions" (read 2026-11).
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
  }

  resource container 'containers' = [
    for item in concat(containers, [deployContainer]): {
      name: item
    }
  ]
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'

  resource queue 'queues' = [
    for item in queues: {
      name: item
    }
  ]
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'

  resource table 'tables' = [
    for item in tables: {
      name: item
    }
  ]
}

// The app deletes what is old (ADR 0043). This rule is the backstop, for what the app no longer knows of or may not delete; it comes so much later that
// a run which was held for 30 days is still the app's. `sources` and `rosters` are settings and knowledge, not history.
var backstopDays = 60

resource retention 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'end-of-life'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['inbound/', 'runs/', 'evidence/', 'reports/', 'undelivered/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: retentionDays + backstopDays } } }
          }
        }
      ]
    }
  }
}

output id string = account.id
output name string = account.name
