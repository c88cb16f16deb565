// The function app on Flex Consumption. A test holds the names of its settings equal to the schema in functions/settings.ts.
param name string
param location string
param nodeVersion string
param maximumInstanceCount int
param alwaysReadyInstances int
param jobs string[]
param licence string
param credential string
param applicationId string

@description('Empty: there is no vault.')
param vaultUrl string
param retentionDays int
param identityId string
param identityClientId string
param storageName string
param insightsConnectionString string

@description('Where Event Grid tells of a dropped file: it calls the app, or writes to a queue where it cannot.')
@allowed(['webhook', 'queue'])
param eventDestination string

@description('No public address: only a private endpoint leads here.')
param isPrivate bool

@description('The subnet from which the app reaches storage, vault and Graph; empty: it has none.')
param subnetId string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

// The shape of an app on Flex Consumption: docs/reference/azure-functions.md §D.10 (Microsoft's samples).
resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': 'connector' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        // One core (docs/reference/azure-functions.md §D.6). docs/cost.md counts with it.
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstanceCount
        // The group of the blob triggers; any other function is a group of its own. Source: Learn, "Azure Functions Flex Consumption plan
        // hosting", Per-function scaling and Always ready instances (read 2026-11). `event` is the queue trigger in functions/main.ts.
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [{ name: eventDestination == 'queue' ? 'function:event' : 'blob', instanceCount: alwaysReadyInstances }]
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}deploy'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
  }

  // A package is published with a token of Entra, never with the password of a publishing profile.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // The platform's own: docs/reference/azure-functions.md §D.5.
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // The exporter tells Microsoft about itself otherwise (docs/reference/azure-functions.md §D.8).
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true'
      AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      // Rollcall's. Every one is here, so that an operator sees what can be turned.
      ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com'
      ROLLCALL_CREDENTIAL: credential
      ROLLCALL_IDENTITY_CLIENT_ID: identityClientId
      ROLLCALL_APPLICATION_ID: applicationId
      ROLLCALL_KEY_VAULT_URL: vaultUrl
      ROLLCALL_KEY_VAULT_SECRET: 'rollcall-client-secret'
      ROLLCALL_TENANT_ID: tenant().tenantId
      ROLLCALL_JOBS: join(jobs, ',')
      ROLLCALL_LICENCE: licence
      ROLLCALL_LEAVER_SHARE: '0.1'
      ROLLCALL_BLOB_SOURCE: 'EventGrid'
      ROLLCALL_EVENT_DESTINATION: eventDestination
      ROLLCALL_CREATE_STORAGE: 'false'
      ROLLCALL_RECONCILE_SCHEDULE: '0 */5 * * * *'
      ROLLCALL_GRAPH_TIMEOUT_SECONDS: '100'
      ROLLCALL_CONFIRM_WITHIN_SECONDS: '7200'
      ROLLCALL_RETRY_DELAY_SECONDS: '300'
      ROLLCALL_SENDER_LEASE_SECONDS: '360'
      ROLLCALL_LOST_MESSAGE_SECONDS: '900'
      ROLLCALL_LOST_EXPORT_SECONDS: '180'
      ROLLCALL_INTAKE_SILENCE_SECONDS: '900'
      ROLLCALL_LOG_OVERLAP_SECONDS: '7200'
      ROLLCALL_CLOCK_SKEW_SECONDS: '5'
      ROLLCALL_WAITING_SECONDS: '60'
      ROLLCALL_UNANSWERED_DELAY_SECONDS: '30'
      ROLLCALL_HALT_PAUSE_SECONDS: '900'
      ROLLCALL_RETENTION_DAYS: string(retentionDays)
    }
  }
}

output id string = site.id
output name string = site.name
