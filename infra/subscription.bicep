// How a dropped file is noticed: Event Grid tells the blob trigger, or puts its event on the queue `events`. The sweep on the timer finds
// what no event told. Deployed once the app runs, because the blob trigger is called with a key that the host makes when it first starts.
param topicName string
param storageName string
param appName string

@description('Event Grid reaches no private endpoint, but a queue behind a firewall. Source: Learn, "Use a managed identity to deliver events in Azure Event Grid", section Private endpoints (read 2026-11).')
@allowed(['webhook', 'queue'])
param eventDestination string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

// Roles for both: infra/roles.bicep. Source: the same page (queue: Storage Queue Data Message Sender; dead letters: Storage Blob Data Contributor).
var topicIdentity = { type: 'SystemAssigned' }

var toQueue = eventDestination == 'queue'
var queue = {
  identity: topicIdentity
  destination: {
    endpointType: 'StorageQueue'
    properties: { resourceId: account.id, queueName: 'events' }
  }
}

resource intake 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'intake'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      // A blob trigger knows no renamed blob: there the sweep finds it.
      includedEventTypes: toQueue
        ? ['Microsoft.Storage.BlobCreated', 'Microsoft.Storage.BlobRenamed']
        : ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/inbound/'
      advancedFilters: [
        // These come when a file is opened, before its bytes: SFTP's are followed by SftpCommit, Data Lake's by FlushWithClose.
        // Source: Learn, "Azure Blob Storage as Event Grid source" (2024-01-10, read 2026-11).
        { operatorType: 'StringNotIn', key: 'data.api', values: ['SftpCreate', 'SftpWrite', 'CreateFile'] }
        // Names that clients give to what is still on its way; they rename it at the end. The app ignores them too.
        { operatorType: 'StringNotEndsWith', key: 'subject', values: ['.filepart', '.part', '.tmp'] }
      ]
    }
    destination: toQueue
      ? null
      : {
          endpointType: 'WebHook'
          properties: {
            minimumTlsVersionAllowed: '1.2'
            // `intake` is the name of the blob trigger in functions/main.ts.
            // Source: docs/reference/azure-functions.md §D.1 and §D.11 (Microsoft's sample).
            #disable-next-line use-resource-symbol-reference
            endpointUrl: 'https://${site.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.intake&code=${listKeys('${site.id}/host/default', '2024-04-01').systemKeys.blobs_extension}'
          }
        }
    deliveryWithResourceIdentity: toQueue ? queue : null
    // The most that there is (docs/reference/azure-functions.md §D.11).
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: topicIdentity
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: account.id, blobContainerName: 'undelivered' }
      }
    }
  }
}
