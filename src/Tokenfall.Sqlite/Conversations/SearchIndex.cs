using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Full-text search (https://sqlite.org/fts5.html).</summary>
internal static class SearchIndex
{
    public const string Titles = "title_search";
    public const string Texts = "text_search";

    public static void Add(SqliteConnection connection, SqliteTransaction transaction, string table, long number, string owner, string text) =>
        connection.Execute($"INSERT INTO {table} (rowid, owner, text) VALUES (@number, @owner, @text)", new { number, owner = WordOf(owner), text }, transaction);

    public static void Remove(SqliteConnection connection, SqliteTransaction transaction, string table, long number) =>
        connection.Execute($"DELETE FROM {table} WHERE rowid = @number", new { number }, transaction);

    /// <summary>A query for an owner's rows that have all the words, each from its beginning; null if there is no word.</summary>
    public static string? QueryOf(string owner, string search) => SearchWords.Of(search) is { Count: > 0 } words
        ? $"owner : {WordOf(owner)} AND text : ({string.Join(" AND ", words.Select(word => $"\"{word}\"*"))})" : null;

    // One word, whatever the owner's name is made of.
    private static string WordOf(string owner) => "o" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, 12));
}
