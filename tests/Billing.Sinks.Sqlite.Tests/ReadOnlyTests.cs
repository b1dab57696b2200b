using System.Runtime.InteropServices;
using Billing.Sinks.Sqlite.Tests.Stores;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>Whoever may only read the file and its folder can read the ledger.</summary>
public sealed class ReadOnlyTests : IAsyncDisposable
{
    private const UnixFileMode ReadFile = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadFolder = ReadFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const int Nobody = 65_534;

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        Allow(UnixFileMode.UserWrite);
        return _store.DisposeAsync();
    }

    [Fact]
    public async Task A_ledger_that_may_only_be_read_is_read()
    {
        await FillAsync();
        Allow(UnixFileMode.None);
        await AsReaderAsync(async () =>
        {
            await using SqliteSink reader = new(_store.ConnectionString, new SqliteSinkOptions { CreateTables = false });
            Assert.NotNull(await reader.FindAsync(Some.Key("1"), Cancellation));
            Assert.Single((await reader.QueryAsync(new RecordQuery(), Cancellation)).Items);
            Assert.Single((await reader.GetRunsAsync(new PageRequest(), Cancellation)).Items);
            Assert.Single((await reader.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);
            BillingException e = await Assert.ThrowsAsync<BillingException>(async () => await reader.WriteAsync([Some.Record("2")], Cancellation));
            Assert.Contains("write access", e.Message, StringComparison.Ordinal);
            Assert.NotNull(await reader.FindAsync(Some.Key("1"), Cancellation));
        });
        Assert.Equal([Path.GetFileName(_store.File)], Directory.GetFiles(_store.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_written_after_the_first_read_is_read_too()
    {
        await FillAsync();
        await using SqliteSink reader = new(_store.ConnectionString, new SqliteSinkOptions { CreateTables = false });
        Allow(UnixFileMode.None);
        await AsReaderAsync(async () => Assert.Single((await reader.QueryAsync(new RecordQuery(), Cancellation)).Items));
        Allow(UnixFileMode.UserWrite);
        await using SqliteSink writer = new(_store.ConnectionString);
        await writer.WriteAsync([Some.Record("2")], Cancellation);
        Assert.Equal(2, (await reader.QueryAsync(new RecordQuery(), Cancellation)).Items.Count);
    }

    [Fact]
    public async Task What_another_program_wrote_and_closed_between_two_reads_is_read()
    {
        await FillAsync();
        await using SqliteSink reader = new(_store.ConnectionString, new SqliteSinkOptions { CreateTables = false });
        for (int i = 1; i < 4; i++)
        {
            Allow(UnixFileMode.None);
            await AsReaderAsync(async () => Assert.Equal(i, (await reader.QueryAsync(new RecordQuery(), Cancellation)).Items.Count));
            Allow(UnixFileMode.UserWrite);
            await using SqliteSink writer = new(_store.ConnectionString);
            await writer.WriteAsync([Some.Record($"{i + 1}")], Cancellation);
        }
    }

    private async Task FillAsync()
    {
        await using SqliteSink sink = new(_store.ConnectionString);
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        await sink.WriteQuarantineAsync([Some.Quarantined()], Cancellation);
        await sink.WriteRunAsync(Some.Report() with { Status = RunStatus.Completed }, Cancellation);
    }

    private void Allow(UnixFileMode more)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_store.File, ReadFile | more);
        File.SetUnixFileMode(_store.Folder, ReadFolder | more);
    }

    // What root may do is not asked: a thread of root's looks at files as nobody.
    private static async Task AsReaderAsync(Func<Task> work)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            await work();
            return;
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            _ = SetFileUser(Nobody);
            try
            {
                // SQLite has no asynchronous calls: all of it happens on this thread.
                work().GetAwaiter().GetResult();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
            finally
            {
                _ = SetFileUser(0);
            }
        });
        thread.Start();
        await done.Task;
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileUser(int user);
}
