using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Views;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local put</c>: drops a file as a user would upload it; the bucket's queue is told.</summary>
internal static class LocalPutCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Argument<string> file = new("file") { Description = "The file to upload.", HelpName = "FILE" };
        Command command = new("put", "Uploads a file to a bucket of the running environment.") { file, local.Bucket, local.Key };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string path = parse.GetRequiredValue(file);
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file '{path}'. Check the name and the folder.");
            }

            using LocalClient client = new(LocalState.Find(parse.GetValue(local.Data)));
            FileStream content = File.OpenRead(path);
            await using (content)
            {
                StoredObject stored = await client.UploadAsync(
                    parse.GetValue(local.Bucket) ?? LocalClient.BucketFor(path), parse.GetValue(local.Key) ?? Path.GetFileName(path), content, cancellationToken);
                Sentence.Write(terminal.Out, $"{Figures.Bytes(stored.Size)} put to s3://{stored.Bucket}/{stored.Key}.");
            }

            return ExitCode.Success;
        });
        return command;
    }
}
