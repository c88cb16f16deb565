// The storage account: the product's only database. Shared keys are off. Names are those of STORAGE_NAMES in shared/storage/azure-storage.ts.
param name string
param location string
param retentionDays int

var containers = ['inbound', 'sources', 'runs', 'evidence', 'rosters', 'reports', 'undelivered']
var queues = ['arrivals', 'deliveries', 'events', 'arrivals-poison', 'deliveries-poison', 'events-poison', 'webjobs-blobtrigger-poison']
var tables = ['runs', 'batches', 'gates']
// Where Flex Consumption takes the app's package from; not the product's.
var deployContainer = 'deploy'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
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

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'

  resource queue 'queues' = [
    for item in queues: {
      name: item
    }
  ]
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'

  resource table 'tables' = [
    for item in tables: {
      name: item
    }
  ]
}

// Blobs with personal data do not stay for ever. `sources` and `rosters` are settings and knowledge, not history.
resource retention 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
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
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: retentionDays } } }
          }
        }
      ]
    }
  }
}

output name string = account.name
