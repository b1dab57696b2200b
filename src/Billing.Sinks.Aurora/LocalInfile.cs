using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Aurora;

/// <summary>Whether <c>LOAD DATA LOCAL INFILE</c> can be used: found out once, by loading an empty file.</summary>
internal sealed class LocalInfile(bool wanted, ILogger logger)
{
    private bool? _allowed = wanted ? null : false;

    /// <summary>Whether it was found to work; null until that was tried.</summary>
    public bool? Allowed => _allowed;

    /// <summary>Where the files of batches are written.</summary>
    public string Folder { get; set; } = Path.GetTempPath();

    /// <summary>Whether server and connection string allow it.</summary>
    public async ValueTask<bool> IsAllowedAsync(AuroraSession session, InfileInsert insert, CancellationToken cancellationToken)
    {
        if (_allowed is { } known)
        {
            return known;
        }

        if (!session.ServerAllowsLocalInfile)
        {
            Log.NoLocalInfile(logger, "the server has local_infile off.");
            _allowed = false;
            return false;
        }

        string path = WriteEmptyFile();
        try
        {
            await InfileInsert.BeginAsync(session, cancellationToken).ConfigureAwait(false);
            _allowed = await insert.TryInsertAsync(session, path, 0, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e) when (session.IsOpen && AuroraErrors.ReasonToRetry(e) is null)
        {
            Log.NoLocalInfile(logger, "the connection string or the user's rights do not allow LOAD DATA LOCAL INFILE.");
            _allowed = false;
        }
        catch (DbException e) when (e.InnerException is NotSupportedException)
        {
            // MySqlConnector sends files only to servers whose certificate it checks, and closes the connection on which it was asked to.
            Log.NoLocalInfile(logger, "the driver does not send files over this connection: SslMode is not VerifyCA or VerifyFull.");
            _allowed = false;
            throw new SpentConnectionException(e);
        }
        finally
        {
            Delete(path);
        }

        return _allowed.Value;
    }

    /// <summary>Deletes a file of a batch; what cannot be deleted is said and left.</summary>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.FileLeft(logger, e, path);
        }
    }

    private string WriteEmptyFile()
    {
        using InfileWriter file = new(Folder);
        return file.Path;
    }
}
