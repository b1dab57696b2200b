using Billing.Sinks.Sql.Alerts;

namespace Billing.Sinks.Sqlite.Alerts;

/// <summary>Uploads of receipts by the row of their receipt. A transaction here is done or undone, and its answer is never lost.</summary>
internal sealed class SqliteUploads : UploadTable
{
    public override async ValueTask<ReceiptOutcome?> FindAsync(SqlSession session, byte[] receipt, ReceiptUpload upload, string writeId, CancellationToken cancellationToken) =>
        await session.AnyAsync(
            "SELECT 1 FROM receipt_uploads AS u JOIN receipts AS r ON r.id = u.receipt WHERE r.receipt = @p0 AND u.upload = @p1", [receipt, upload.Id], cancellationToken).ConfigureAwait(false)
            ? ReceiptOutcome.Repeated
            : null;

    public override async ValueTask AddAsync(SqlSession session, byte[] receipt, ReceiptUpload upload, string writeId, bool isFirst, CancellationToken cancellationToken) =>
        await session.WriteAsync("INSERT INTO receipt_uploads (receipt, upload) SELECT id, @p1 FROM receipts WHERE receipt = @p0", [receipt, upload.Id], 1, cancellationToken).ConfigureAwait(false);
}
