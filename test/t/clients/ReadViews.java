import java.nio.file.*;
import java.sql.*;
import java.util.*;

/** Prints what the JDBC driver makes of queries: ReadViews URL FILE, one query a line. */
public class ReadViews {
	/** A value as StudyNode.pm prints it. */
	static String text(Object value) throws SQLException {
		if (value == null) {
			return "\\N";
		} else if (value instanceof Double) {
			return String.format("%016x", Double.doubleToRawLongBits((Double) value));
		} else if (value instanceof Array) {
			return "{" + String.join(",", (String[]) ((Array) value).getArray()) + "}";
		}
		return value.toString();
	}

	public static void main(String[] arguments) throws Exception {
		System.setOut(new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, "UTF-8"));
		try (Connection connection = DriverManager.getConnection(arguments[0])) {
			connection.setAutoCommit(false);
			for (String query : Files.readAllLines(Paths.get(arguments[1]))) {
				try (PreparedStatement statement = connection.prepareStatement(query)) {
					statement.setFetchSize(100);
					ResultSet rows = statement.executeQuery();
					ResultSetMetaData columns = rows.getMetaData();
					int n = columns.getColumnCount();
					StringJoiner types = new StringJoiner(" ");
					for (int i = 1; i <= n; i++) {
						String name = columns.getColumnClassName(i);
						types.add(JDBCType.valueOf(columns.getColumnType(i)) + "/" + name.substring(name.lastIndexOf('.') + 1));
					}
					System.out.println("# " + types);
					while (rows.next()) {
						StringJoiner line = new StringJoiner("|");
						for (int i = 1; i <= n; i++) {
							line.add(text(rows.getObject(i)));
						}
						System.out.println(line);
					}
				}
			}
			// what the catalogue says of tables and views, as a BI tool asks it
			System.out.println("catalogue");
			Map<String, int[]> counts = new HashMap<>();
			ResultSet columns = connection.getMetaData().getColumns(null, null, "%", "%");
			while (columns.next()) {
				int[] count = counts.computeIfAbsent(columns.getString("TABLE_SCHEM") + "." + columns.getString("TABLE_NAME"), k -> new int[2]);
				count[0]++;
				count[1] += columns.getString("REMARKS") == null ? 0 : 1;
			}
			ResultSet tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "VIEW", "MATERIALIZED VIEW"});
			while (tables.next()) {
				String name = tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME");
				int[] count = counts.getOrDefault(name, new int[2]);
				boolean all = tables.getString("REMARKS") != null && count[0] == count[1];
				System.out.println(name + " " + tables.getString("TABLE_TYPE") + ", " + count[0] + " columns, " + (all ? "all with remarks" : "not all with remarks"));
			}
		}
		System.out.flush();
	}
}
