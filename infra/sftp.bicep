// Who may drop files by SFTP. A local user knows no folder: the roles of a container are for all of it. So nobody gets more than the list of
// names there, and the folder of a source is theirs by its access control list, which no template can set: README.md, "SFTP".
// Source: Learn, "Authorize access to Azure Blob Storage from an SFTP client" and "Access control lists" there (2024-04-09, read 2026-11).
@export()
@description('A user of SFTP, and the source whose folder is theirs.')
type sftpUser = {
  @description('Lower case letters and digits.')
  @minLength(3)
  @maxLength(64)
  name: string
  @description('Folder below inbound.')
  @minLength(1)
  @maxLength(64)
  source: string
  @description('The public key, as in a file id_rsa.pub.')
  @minLength(80)
  publicKey: string
}

param storageName string
param users sftpUser[]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName

  resource user 'localUsers' = [
    for item in users: {
      name: item.name
      properties: {
        allowAclAuthorization: true
        hasSharedKey: false
        hasSshKey: true
        // A password would be made by Azure, and then have to be passed on. Keys do not travel.
        hasSshPassword: false
        homeDirectory: 'inbound/${item.source}'
        // At least one permission is needed to connect.
        permissionScopes: [{ service: 'blob', resourceName: 'inbound', permissions: 'l' }]
        sshAuthorizedKeys: [{ description: item.source, key: item.publicKey }]
      }
    }
  ]
}
