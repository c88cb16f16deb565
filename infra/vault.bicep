// The Key Vault for the secret or the certificate of an application. It is made only where the credential needs one; the secret itself is put there by a person.
param name string
param location string

@description('No public address: only a private endpoint leads here.')
param isPrivate bool

// How the secret is read: by the SDK, because references in app settings fail on Flex Consumption when the vault is behind a firewall
// (docs/reference/azure-functions.md §D.7).
resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

output id string = vault.id
output name string = vault.name
output url string = vault.properties.vaultUri
