namespace Billing.Sinks.Aurora;

/// <summary>Loads the rows of a batch by several files: while the server reads one, the next is written.</summary>
internal sealed class InfileLoad(LocalInfile localInfile, InfileInsert insert)
{
    private const int RowsPerFile = 2_500;

    // The server waits for the first one.
    private const int RowsOfFirstFile = 500;

    /// <summary>Whether files can be loaded.</summary>
    public ValueTask<bool> IsAllowedAsync(AuroraSession session, CancellationToken cancellationToken) => localInfile.IsAllowedAsync(session, insert, cancellationToken);

    /// <summary>Loads rows inside the transaction of the caller.</summary>
    /// <returns>Whether all were written; if not, one of their keys was there already, and the transaction is as it was before.</returns>
    /// <exception cref="BillingException">A file could not be written, or the server did not write every row as it is. Nothing is to be committed.</exception>
    public async ValueTask<bool> TryLoadAsync(AuroraSession session, UnstoredRows rows, CancellationToken cancellationToken)
    {
        await InfileInsert.BeginAsync(session, cancellationToken).ConfigureAwait(false);
        List<InfileWriter> files = [];
        int most = RowsOfFirstFile;
        Task<InfileWriter> next = WriteNext();
        try
        {
            while (true)
            {
                InfileWriter file = await next.ConfigureAwait(false);
                bool isLast = file.Rows < most;
                if (!isLast)
                {
                    most = RowsPerFile;
                    next = WriteNext();
                }

                if (file.Rows > 0 && !await insert.TryInsertAsync(session, file.Path, file.Rows, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                if (isLast)
                {
                    return true;
                }
            }
        }
        finally
        {
            // What is being written uses the rows, which the caller disposes.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            files.ForEach(file => localInfile.Delete(file.Path));
        }

        // On a thread of its own: drivers send files, and wait, on the thread of the caller.
        Task<InfileWriter> WriteNext() => Task.Run(
            () =>
            {
                using InfileWriter file = new(localInfile.Folder);
                files.Add(file);
                while (file.Rows < most && rows.MoveNext())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    file.Add(rows.Current);
                }

                file.Flush();
                return file;
            },
            CancellationToken.None);
    }
}
