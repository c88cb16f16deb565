// Who may do what: every role that the template gives. Names of assignments are made of scope, person and role, so that a second deployment
// changes nothing. docs/security.md has the same as a table; a test compares the two.
param storageName string
param insightsName string

@description('Empty: there is no vault.')
param vaultName string

@description('The identity of the app, which is also the identity of the Functions host.')
param appPrincipalId string

@description('The identity of the Event Grid topic.')
param topicPrincipalId string

@description('Where the topic delivers to.')
@allowed(['webhook', 'queue'])
param eventDestination string

@description('Group that drops files and reads reports; empty: nobody.')
param hrGroupId string

@description('Group that edits the settings of sources; empty: nobody.')
param identityTeamGroupId string

// Ids: docs/reference/azure-functions.md §D.5 and §D.11.
var roleIds = {
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageBlobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

var app = { id: appPrincipalId, type: 'ServicePrincipal' }
var topic = { id: topicPrincipalId, type: 'ServicePrincipal' }
var hrGroup = { id: hrGroupId, type: 'Group' }
var identityTeam = { id: identityTeamGroupId, type: 'Group' }

// The Functions host makes containers, a queue and a table of its own at run time (azure-webjobs-hosts, azure-webjobs-secrets,
// azure-webjobs-blobtrigger-…, AzureFunctionsDiagnosticEvents…), with the same identity: so these are for the whole account.
// Source: docs/reference/azure-functions.md §D.5 and §D.11.
var onAccount = [
  { who: app, role: 'storageBlobDataOwner' }
  { who: app, role: 'storageQueueDataContributor' }
  { who: app, role: 'storageTableDataContributor' }
]

// Everybody else has roles on one container or one queue.
var onContainers = filter(
  [
    { who: hrGroup, role: 'storageBlobDataContributor', container: 'inbound' }
    { who: hrGroup, role: 'storageBlobDataReader', container: 'reports' }
    { who: identityTeam, role: 'storageBlobDataContributor', container: 'sources' }
    { who: topic, role: 'storageBlobDataContributor', container: 'undelivered' }
  ],
  grant => !empty(grant.who.id)
)
var onQueues = filter(
  [
    { who: topic, role: 'storageQueueDataMessageSender', queue: 'events', destination: 'queue' }
  ],
  grant => eventDestination == grant.destination
)

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' existing = {
  parent: account
  name: 'default'
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' existing = [
  for grant in onContainers: {
    parent: blobs
    name: grant.container
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' existing = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' existing = [
  for grant in onQueues: {
    parent: queueService
    name: grant.queue
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = if (!empty(vaultName)) {
  name: empty(vaultName) ? 'none' : vaultName
}

resource accountRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in onAccount: {
    name: guid(account.id, grant.who.id, roleIds[grant.role])
    scope: account
    properties: {
      principalId: grant.who.id
      principalType: grant.who.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    }
  }
]

resource containerRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, index) in onContainers: {
    name: guid(account.id, grant.container, grant.who.id, roleIds[grant.role])
    scope: containers[index]
    properties: {
      principalId: grant.who.id
      principalType: grant.who.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    }
  }
]

resource queueRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, index) in onQueues: {
    name: guid(account.id, grant.queue, grant.who.id, roleIds[grant.role])
    scope: queues[index]
    properties: {
      principalId: grant.who.id
      principalType: grant.who.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    }
  }
]

resource insightsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, app.id, roleIds.monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: app.id
    principalType: app.type
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roleIds.monitoringMetricsPublisher
    )
  }
}

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultName)) {
  name: guid(vault.id, app.id, roleIds.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: app.id
    principalType: app.type
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.keyVaultSecretsUser)
  }
}
