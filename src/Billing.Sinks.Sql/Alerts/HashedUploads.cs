using System.Security.Cryptography;
using System.Text;

namespace Billing.Sinks.Sql.Alerts;

/// <summary>Uploads by a hash of receipt and upload, with the call that wrote each.</summary>
internal sealed class HashedUploads(SqlTable table) : UploadTable
{
    public override async ValueTask<ReceiptOutcome?> FindAsync(SqlSession session, byte[] receipt, ReceiptUpload upload, string writeId, CancellationToken cancellationToken)
    {
        ReceiptOutcome? found = null;
        await foreach (SqlRow row in session.ReadAsync($"SELECT written_by, is_first FROM {table.Sql} WHERE upload_hash = @p0", [Hash(receipt, upload)], cancellationToken).ConfigureAwait(false))
        {
            found = row.Text(0) != writeId ? ReceiptOutcome.Repeated : row.Int64(1) == 1 ? ReceiptOutcome.Stored : ReceiptOutcome.Sighting;
        }

        return found;
    }

    public override ValueTask AddAsync(SqlSession session, byte[] receipt, ReceiptUpload upload, string writeId, bool isFirst, CancellationToken cancellationToken) =>
        session.InsertAsync(table, [[Hash(receipt, upload), receipt, writeId, isFirst ? 1L : 0L]], cancellationToken);

    private static byte[] Hash(byte[] receipt, ReceiptUpload upload) => SHA256.HashData([.. receipt, .. Encoding.UTF8.GetBytes(upload.Id)]);
}
