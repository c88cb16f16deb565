// What tells of dropped files: the storage account's own events. The topic's identity writes what cannot be delivered, and messages. It is
// system-assigned, because only such a one passes the firewall of a storage account (docs/reference/azure-functions.md §D.12).
param name string
param location string
param storageName string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

output name string = topic.name
output principalId string = topic.identity.principalId
