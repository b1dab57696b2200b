using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Billing.Local;

/// <summary>The ports that the options state, checked before anything starts: an emulator reports a conflict late, and in its own words.</summary>
internal static class StatedPorts
{
    /// <exception cref="LocalException">A port is stated twice, or another program uses it.</exception>
    public static void Check(LocalOptions options)
    {
        (string What, int Port)[] stated =
        [
            .. ((string What, int Port)[])
            [
                ("the receipts API", options.ReceiptsPort),
                ("the transactions API", options.TransactionsPort),
                ("the expenses API", options.ExpensesPort),
                ("the page", options.PagePort),
                ("S3, SQS and SNS", options.StoragePort),
                ("DynamoDB", options.DynamoDbPort),
                ("MariaDB", options.UsesDatabase ? options.DatabasePort : 0),
                ("Secrets Manager and Invoke", options.ControlPort),
            ],
        ];
        stated = [.. stated.Where(one => one.Port != 0)];
        foreach (IGrouping<int, (string What, int Port)> port in stated.GroupBy(one => one.Port))
        {
            if (port.Count() > 1)
            {
                throw new LocalException(string.Create(CultureInfo.InvariantCulture, $"Port {port.Key} is stated for {string.Join(" and for ", port.Select(one => one.What))}. Use a different port for each."));
            }

            if (!IsFree(port.Key))
            {
                throw new LocalException(string.Create(CultureInfo.InvariantCulture, $"Port {port.Key}, stated for {port.First().What}, is in use by another program. Use another port, or state none to get a free one."));
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
